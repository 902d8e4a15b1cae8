INSERT OR REPLACE INTO case_row
    (case_id, reference, kind, language, lane, scope, station, person, iin, phone, folded, status,
     conflicts, unread, received_at, changed_at)
VALUES
    (:case_id, :reference, :kind, :language, :lane, :scope, :station, :person, :iin, :phone,
     :folded, :status, :conflicts, :unread, :received_at, :changed_at)
