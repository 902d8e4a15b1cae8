INSERT INTO case_row
    (case_id, reference, kind, status, category, programme, language, station, scope, kato, assignee,
     due, procedure, handed_in, site, journey, direction, moved, decided, child_alone, conflicts, suggested, person, sort, people, same, names, received_at, changed_at)
VALUES
    (:case_id, :reference, :kind, :status, :category, :programme, :language, :station, :scope, :kato,
     :assignee, :due, :procedure, :handed_in, :site, :journey, :direction, :moved,
     :decided, :child_alone, :conflicts, :suggested, :person, :sort, :people, :same, :names, :received_at,
     :changed_at)
ON CONFLICT (case_id) DO UPDATE SET
    reference = excluded.reference, kind = excluded.kind, status = excluded.status,
    category = excluded.category, programme = excluded.programme, language = excluded.language,
    station = excluded.station, scope = excluded.scope, kato = excluded.kato,
    assignee = excluded.assignee, due = excluded.due, procedure = excluded.procedure,
    handed_in = excluded.handed_in, site = excluded.site, journey = excluded.journey,
    direction = excluded.direction, moved = excluded.moved, decided = excluded.decided,
    child_alone = excluded.child_alone,
    conflicts = excluded.conflicts, suggested = excluded.suggested, person = excluded.person,
    sort = excluded.sort, people = excluded.people, same = excluded.same, names = excluded.names, received_at = excluded.received_at,
    changed_at = excluded.changed_at
RETURNING n
