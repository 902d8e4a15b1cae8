INSERT OR REPLACE INTO case_row
    (case_id, reference, kind, language, child_alone, scope, station, person, numbers, folded, status,
     conflicts, unread, received_at, changed_at)
VALUES
    (:case_id, :reference, :kind, :language, :child_alone, :scope, :station, :person, :numbers,
     :folded, :status, :conflicts, :unread, :received_at, :changed_at)
