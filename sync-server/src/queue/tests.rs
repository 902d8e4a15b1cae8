//! Pages of a queue: complete, without repetition, in every order, under any filter.

use beket_record::CaseId;
use proptest::prelude::*;

use super::*;
use crate::projection::{self, row::Row};

const TODAY: u32 = 20_190_710;

struct Office {
    _folder: tempfile::TempDir,
    store: Store,
    columns: Columns,
}

/// An office whose rows say this.
fn office(rows: Vec<Row>) -> Office {
    let folder = tempfile::tempdir().unwrap();
    let mut store = Store::open(&folder.path().join("office.db")).unwrap();
    projection::prepare(&mut store).unwrap();
    crate::terms::kept::prepare(&mut store).unwrap();
    let tx = store.connection().transaction().unwrap();
    for (at, row) in rows.into_iter().enumerate() {
        let mut id = [0; 16];
        id[..8].copy_from_slice(&(at as u64).to_be_bytes());
        projection::put(&tx, CaseId::from_bytes(id), &row).unwrap();
    }
    tx.commit().unwrap();
    let columns = Columns::load(store.connection()).unwrap();
    Office { _folder: folder, store, columns }
}

fn named(person: &str) -> Row {
    let fold = beket_model::fold(person);
    Row {
        person: person.to_owned(),
        sort: person.as_bytes().to_vec(),
        names: fold,
        kind: "evacuee".to_owned(),
        status: "here".to_owned(),
        received: 1_561_375_920,
        handed_in: 1_561_375_920,
        ..Row::default()
    }
}

impl Office {
    fn find(&mut self, filter: &Filter) -> Found {
        find(&mut self.store, &self.columns, filter, TODAY).unwrap()
    }

    /// The numbers of every case, page by page.
    fn all(&mut self, filter: &Filter) -> Vec<Nth> {
        let mut filter = filter.clone();
        let mut numbers = Vec::new();
        loop {
            let found = self.find(&filter);
            numbers.extend(found.cases.iter().map(|case| case.nth));
            match found.next {
                Some(next) => filter.after = next,
                None => return numbers,
            }
        }
    }

    fn people(&mut self, q: &str) -> Vec<String> {
        let filter = Filter { q: q.to_owned(), ..Filter::default() };
        self.find(&filter).cases.into_iter().map(|case| case.person).collect()
    }
}

#[test]
fn a_name_is_found_in_any_spelling_with_a_slip_and_from_its_beginning() {
    let mut office = office(vec![
        named("Смағұлова Айгүл Серікқызы"),
        named("Ким Виктор"),
        named("Әбдіқадыр Қайрат"),
    ]);
    for q in ["Смагулова", "smagulova aigul", "АЙГУЛЬ СМАГУЛОВА", "Смаг", "Smagulva", "Смгулова"]
    {
        assert_eq!(office.people(q), ["Смағұлова Айгүл Серікқызы"], "{q}");
    }
    assert_eq!(office.people("Kairat Abdikadir"), ["Әбдіқадыр Қайрат"]);
    assert_eq!(office.people("Ким Айгүл"), [""; 0], "all words belong to one case");
    assert_eq!(office.people("Петров"), [""; 0]);
}

#[test]
fn a_number_or_a_reference_is_found_as_people_write_it() {
    let reference = beket_model::Reference::new("TRK", "A", 7).unwrap().to_string();
    let mut row = named("Смағұлова Айгүл");
    row.reference.clone_from(&reference);
    row.numbers = "850101399996 77011234567 trk a 0007".to_owned();
    let mut office = office(vec![row, named("Ким Виктор")]);
    let lower = reference.to_lowercase();
    for q in [
        "850101399996",
        "8 701 123 45 67",
        "+7 (701) 123-45-67",
        &reference,
        &lower,
        "850101",
        "8 701 123",
    ] {
        assert_eq!(office.people(q), ["Смағұлова Айгүл"], "{q}");
    }
    assert_eq!(office.people("8 701 123 45 68"), [""; 0]);
}

#[test]
fn what_was_said_is_searched_too() {
    let mut row = named("Ким Виктор");
    row.words = beket_model::fold("Төбеден су ағып тұр, крыша протекает");
    let mut office = office(vec![row, named("Смағұлова Айгүл")]);
    assert_eq!(office.people("крыша"), ["Ким Виктор"]);
    assert_eq!(office.people("Ким тобеден"), ["Ким Виктор"], "a name and a word of theirs");
}

#[test]
fn filters_combine_and_say_how_many_there_are() {
    let row = |kind: &str, status: &str, station: &str, kato: &str, due: &str, conflicts| Row {
        kind: kind.to_owned(),
        status: status.to_owned(),
        station: station.to_owned(),
        kato: kato.to_owned(),
        due: due.to_owned(),
        conflicts,
        ..named("А")
    };
    let mut office = office(vec![
        row("appeal", "received", "TRK", "611633100", "2019-07-09", 0),
        row("appeal", "received", "TRK", "613600000", "2019-07-10", 1),
        row("appeal", "resolved", "TRK", "611600000", "2019-07-01", 1),
        row("evacuee", "here", "ALA", "750000000", "", 0),
    ]);
    let mut numbers = |set: &dyn Fn(&mut Filter)| {
        let mut filter = Filter::default();
        set(&mut filter);
        let found = office.find(&filter);
        assert_eq!(found.total, found.cases.len());
        found.cases.iter().map(|case| case.nth).collect::<Vec<_>>()
    };
    assert_eq!(numbers(&|_| {}), [4, 3, 2, 1]);
    assert_eq!(numbers(&|f| f.kind = "appeal".to_owned()), [3, 2, 1]);
    assert_eq!(numbers(&|f| f.district = "611600000".to_owned()), [3, 1], "and what lies within");
    assert_eq!(numbers(&|f| f.district = "610000000".to_owned()), [3, 2, 1]);
    assert_eq!(numbers(&|f| f.overdue = "1".to_owned()), [1], "due today is not overdue");
    assert_eq!(numbers(&|f| f.conflict = "1".to_owned()), [3, 2]);
    let both = |f: &mut Filter| {
        f.conflict = "1".to_owned();
        f.status = "received".to_owned();
    };
    assert_eq!(numbers(&both), [2]);
    assert_eq!(numbers(&|f| f.station = "' OR 1=1 --".to_owned()), [0; 0]);
    assert_eq!(numbers(&|f| f.assignee = "-".to_owned()), [4, 3, 2, 1]);
    assert_eq!(numbers(&|f| f.from = "2019-06-25".to_owned()), [0; 0]);
    assert_eq!(numbers(&|f| f.to = "2019-06-24".to_owned()), [4, 3, 2, 1]);
    assert_eq!(numbers(&|f| f.from = "yesterday".to_owned()), [0; 0], "what is no day");
    assert_eq!(numbers(&|f| f.to = "x".to_owned()), [0; 0]);
    assert_eq!(numbers(&|f| f.district = "0".to_owned()), [0; 0]);
}

#[test]
fn a_period_is_of_the_days_of_hand_in_as_reports_count_them() {
    // Handed in on 24 June, shortly before midnight in Turkistan, and at the office two days later.
    let late = Row { handed_in: 1_561_399_000, received: 1_561_570_000, ..named("А") };
    let mut office = office(vec![late]);
    let mut on = |from: &str, to: &str| {
        let (from, to) = (from.to_owned(), to.to_owned());
        office.find(&Filter { from, to, ..Filter::default() }).total
    };
    assert_eq!(on("2019-06-24", "2019-06-24"), 1);
    assert_eq!(on("2019-06-25", "2019-06-26"), 0);
}

#[test]
fn passing_on_what_nobody_looked_at_falls_due_first() {
    let appeal = |status: &str, handed_in| Row {
        kind: "appeal".to_owned(),
        procedure: "application".to_owned(),
        status: status.to_owned(),
        handed_in,
        ..named("А")
    };
    // 3, 5 and 9 July 2019, at noon; by the old law three working days, and fifteen calendar days.
    let rows = [1_562_133_600, 1_562_306_400, 1_562_652_000].map(|at| appeal("received", at));
    let seen = appeal("under_review", 1_562_133_600);
    let mut office = office(rows.into_iter().chain([seen]).collect());
    let mut by = |set: &dyn Fn(&mut Filter)| {
        let mut filter = Filter { sort: "due".to_owned(), ..Filter::default() };
        set(&mut filter);
        office.find(&filter).cases.into_iter().map(|it| (it.nth, it.forward_by)).collect::<Vec<_>>()
    };
    let said = |nth, day: &str| (nth, day.to_owned());
    assert_eq!(by(&|f| f.overdue = "1".to_owned()), [said(1, "2019-07-09")]);
    assert_eq!(by(&|f| f.soon = "1".to_owned()), [said(2, "2019-07-11"), said(3, "2019-07-12")]);
    assert_eq!(by(&|_| {}).last(), Some(&said(4, "")), "somebody looks at it");
}

#[test]
fn an_export_has_every_case_that_is_sought_and_a_filter_narrows_before_the_cut() {
    let many = MOST_SOUGHT + 2;
    let mut rows: Vec<Row> = (0..many).map(|_| named("Ким")).collect();
    rows[0].kind = "passenger".to_owned();
    let mut office = office(rows);
    let all = Filter { q: "Ким".to_owned(), ..Filter::default() };
    let found = office.find(&all);
    assert_eq!((found.total, found.cut), (MOST_SOUGHT, true));
    let exported = numbers(&mut office.store, &office.columns, &all, TODAY).unwrap();
    assert_eq!(exported.len(), many);
    let first = Filter { kind: "passenger".to_owned(), ..all };
    let found = office.find(&first);
    assert_eq!((found.total, found.cut), (1, false));
}

#[test]
fn nonsense_in_any_field_finds_nothing_or_everything_and_never_fails() {
    let mut office = office(vec![named("Смағұлова Айгүл")]);
    for text in ["\"", "' OR 1=1 --", "names : *", "()", "NEAR(a b)", "\0", "💥", "%", "a\u{301}"]
    {
        for set in [
            (|f, t| f.q = t) as fn(&mut Filter, String),
            |f, t| f.kind = t,
            |f, t| f.district = t,
            |f, t| f.after = t,
            |f, t| f.sort = t,
            |f, t| f.from = t,
        ] {
            let mut filter = Filter::default();
            set(&mut filter, text.to_owned());
            office.find(&filter);
            filter.sort = "name".to_owned();
            office.find(&filter);
        }
    }
}

#[test]
fn a_page_goes_on_behind_its_last_case_whatever_came_meanwhile() {
    let mut office = office((0..130).map(|_| named("Ким")).collect());
    let first = office.find(&Filter::default());
    assert_eq!((first.cases.len(), first.total), (PAGE, 130));
    let mut late = named("Ким");
    late.received += 60;
    projection::put(office.store.connection(), CaseId::from_bytes([9; 16]), &late).unwrap();
    office.columns = Columns::load(office.store.connection()).unwrap();
    let filter = Filter { after: first.next.unwrap(), ..Filter::default() };
    let second = office.find(&filter);
    assert_eq!(second.cases[0].nth, first.cases[PAGE - 1].nth - 1);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_order_shows_each_case_once(
        places in prop::collection::vec((0_u64..5, 0_u8..4, 0_u8..3), 1..180),
    ) {
        let rows = places.iter().map(|(changed, name, due)| Row {
            changed: *changed,
            status: if *due == 2 { "resolved" } else { "received" }.to_owned(),
            due: if *due == 0 { String::new() } else { format!("2019-07-0{due}") },
            ..named(["А", "Ә", "Б", ""][usize::from(*name)])
        });
        let mut office = office(rows.collect());
        for sort in ["", "changed", "due", "name"] {
            let numbers = office.all(&Filter { sort: sort.to_owned(), ..Filter::default() });
            let mut once = numbers.clone();
            once.sort_unstable();
            once.dedup();
            prop_assert_eq!(once.len(), places.len(), "{}", sort);
            let of = |nth: &Nth| places[*nth as usize - 1];
            let sorted = match sort {
                "changed" => numbers.is_sorted_by(|a, b| of(a).0 >= of(b).0),
                "due" => numbers.is_sorted_by_key(|nth| match of(nth).2 { 1 => 1, _ => 9 }),
                "name" => true,
                _ => numbers.is_sorted_by(|a, b| a > b),
            };
            prop_assert!(sorted, "{}: {:?}", sort, numbers);
        }
    }
}
