//! Owns: what is counted and what leaves the office as a file: the situation, reports, exports.
//! Refuses: how a report adds up, which the server's own tests own.

use std::io::{BufRead as _, BufReader, Cursor, Read as _, Write as _};
use std::net::TcpStream;
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use beket_tests::world::{INCIDENT, appeal};
use beket_tests::{Browser, Kiosk, Page, World};
use serde_json::{Value, json};

const FORMULA: &str = "=HYPERLINK(\"http://evil.example\",\"x\")";

struct Office {
    world: World,
    kiosk: Kiosk,
    browser: Browser,
}

fn family(name: &str, site: &str) -> Value {
    json!({ "kind": "evacuee", "language": "kk", "incident": INCIDENT,
        "person": { "family_name": name, "given_name": "Айгүл", "birth_date": "1985-03-02",
            "sex": "female", "phone": "87011234567", "whereabouts": "here", "needs": ["shelter"] },
        "household": [
            { "given_name": "Ернар", "age_years": 4, "sex": "male", "whereabouts": "here", "relation": "child" },
            { "given_name": "Болат", "age_years": 71, "whereabouts": "with_relatives", "relation": "parent" },
        ],
        "movement": { "direction": "arrival", "transport": "train", "number": "45" },
        "place": { "site": site } })
}

impl Office {
    fn with(intakes: &[Value]) -> Result<(Self, Vec<String>)> {
        let world = World::open()?;
        let kiosk = world.staffed("TRK")?;
        let browser = world.office.browser_in("en")?;
        let references = world.listed(&kiosk, &browser, intakes)?;
        Ok((Self { world, kiosk, browser }, references))
    }

    /// Until the big number says so many.
    fn counts(&self, many: u32) -> Result<Page> {
        let says = format!("<strong>{many}</strong> registered");
        self.browser.open_until("/situation", |page| page.body.contains(&says))
    }

    fn case(&self, reference: &str) -> Result<String> {
        Ok(self.world.row(reference)?["case"].as_str().context("no case")?.to_owned())
    }
}

#[test]
fn people_are_counted_and_nobody_twice() -> Result<()> {
    let (office, references) = Office::with(&[
        family("Ахметова", "School 7"),
        family("Ахметова", "School 7"),
        appeal("Су жоқ"),
    ])?;
    let page = office.counts(6)?;
    for said in [
        "<strong>4</strong> here",
        "<strong>2</strong> with relatives",
        "School 7",
        "train 45",
        "people registered: 6.",
        "At reception points: fewer than 5",
        "in the last 15 minutes: 1 of 2.",
        "no contact yet",
    ] {
        ensure!(page.body.contains(said), "{said}: {}", page.body);
    }
    // Staff find the two to be one family: each of it counts once.
    let (one, other) = (office.case(&references[0])?, office.case(&references[1])?);
    let link = |kind: &str| {
        let fields = [("other", other.as_str()), ("kind", kind)];
        let compare = office.browser.open(&format!("/cases/{one}/compare/{other}"))?;
        office.browser.submit(&compare, &format!("/cases/{one}/link"), &fields)
    };
    ensure!(link("same_person")?.status == 303);
    office.counts(3)?;
    ensure!(link("")?.status == 303);
    office.counts(6)?;
    // What was taken by mistake is nobody.
    office.kiosk.edit(&references[1], &json!({ "void_reason": "қате" }))?;
    office.kiosk.sync()?;
    office.counts(3)?;
    // Stations that do not serve the incident are none of its own.
    office.world.office.station("OTH", "Басқа")?;
    let page = office.browser.open_until("/situation?incident=-", |page| {
        page.body.contains("in the last 15 minutes: 1 of 3.")
    })?;
    for everything in ["Барлық оқиға: ", "Все происшествия: ", "All incidents: "]
    {
        ensure!(page.body.contains(everything), "{everything}: {}", page.body);
    }
    ensure!(office.counts(3)?.body.contains("in the last 15 minutes: 1 of 2."));
    let other = office.browser.open("/situation?incident=NOWHERE")?;
    ensure!(other.body.contains("Nobody is registered here yet"), "{}", other.body);
    office.world.close()
}

/// Waits for the first event of a stream.
fn first_event(office: &Office, path: &str) -> Result<TcpStream> {
    let (host, cookies) = (office.world.office.host(), office.browser.cookies.join("; "));
    let mut stream = TcpStream::connect(host)?;
    stream.set_read_timeout(Some(Duration::from_secs(40)))?;
    write!(stream, "GET {path} HTTP/1.1\r\nHost: {host}\r\nCookie: {cookies}\r\n\r\n")?;
    Ok(stream)
}

#[test]
fn a_page_of_numbers_comes_to_life_when_anything_is_written() -> Result<()> {
    let (office, references) = Office::with(&[appeal("Су жоқ")])?;
    let empty = office.browser.open("/situation")?;
    ensure!(empty.body.contains("Nobody is registered here yet"), "{}", empty.body);
    let live = |page: &Page| -> Result<String> {
        let live = page.body.split("data-live=\"").nth(1).and_then(|rest| rest.split('"').next());
        Ok(live.context("nothing is live")?.to_owned())
    };
    // Word comes of a case that was there already, too; none comes before there is any.
    let mut stream = first_event(&office, &live(&empty)?)?;
    office.kiosk.edit(&references[0], &json!({ "narrative": "Су әлі жоқ" }))?;
    office.kiosk.sync()?;
    let mut lines = BufReader::new(&mut stream).lines();
    let told = lines.find(|line| line.as_ref().map_or(true, |line| line.starts_with("data:")));
    told.context("no word of it")??;
    ensure!(live(&office.browser.open("/situation")?)? != live(&empty)?);
    office.world.close()
}

#[test]
fn whoever_is_linked_counts_once_and_nobody_vanishes() -> Result<()> {
    let child = json!({ "family_name": "Серік", "given_name": "Ернар", "birth_date": "2014-02-03",  "whereabouts": "here" });
    let with = |given: &str| {
        json!({ "kind": "evacuee", "language": "kk", "incident": INCIDENT, "household": [child],
            "person": { "family_name": "Серік", "given_name": given, "whereabouts": "here" } })
    };
    let (office, references) = Office::with(&[with("Айгүл"), with("Раушан")])?;
    office.counts(4)?;
    let (one, other) = (office.case(&references[0])?, office.case(&references[1])?);
    let fields = [("other", other.as_str()), ("kind", "same_person")];
    ensure!(office.browser.post(&format!("/cases/{one}/link"), &fields)?.status == 303);
    // The child was registered twice, not the grandmother with whom it came again.
    office.counts(3)?;
    office.kiosk.edit(&references[0], &json!({ "void_reason": "қате" }))?;
    office.kiosk.sync()?;
    office.counts(2)?;
    office.kiosk.edit(&references[0], &json!({ "void_reason": null }))?;
    office.kiosk.sync()?;
    office.counts(3)?;
    office.world.close()
}

/// Who came and who went, over all hours that are told.
fn moved(page: &Page) -> Result<[u32; 2]> {
    let hours = page.body.split_once("By hour: arrivals and departures").context("no hours")?.1;
    let hours = hours.split("</section>").next().unwrap_or_default();
    let cells =
        hours.split("<td class=\"number\">").skip(1).filter_map(|cell| cell.split('<').next());
    let mut all = [0, 0];
    for (at, cell) in cells.enumerate() {
        all[at % 2] += cell.parse::<u32>()?;
    }
    Ok(all)
}

#[test]
fn a_household_goes_on_together_and_a_child_alone_stays() -> Result<()> {
    let mut four = family("Ахметова", "School 7");
    let alone = json!({ "given_name": "Сара", "age_years": 5, "whereabouts": "here",
        "relation": "other", "separated": { "found_at": "2-платформа" } });
    four["household"].as_array_mut().context("no household")?.push(alone);
    let (office, references) = Office::with(&[four])?;
    // Of the four one is registered as being elsewhere: he never came here.
    ensure!(moved(&office.counts(4)?)? == [3, 0]);
    let case = office.case(&references[0])?;
    let (address, action) = (format!("/cases/{case}"), format!("/cases/{case}/status"));
    let page = office.browser.open(&address)?;
    ensure!(page.body.contains("With the rest of the household (2)"), "{}", page.body);
    let together = [("status", "moved_on"), ("together", "1")];
    ensure!(office.browser.submit(&page, &action, &together)?.status == 303);
    let row = office.world.row(&references[0])?;
    let at = |at: usize| row["household"][at]["whereabouts"].clone();
    ensure!(row["person"]["whereabouts"] == "moved_on", "{row}");
    ensure!([at(0), at(1), at(2)] == ["moved_on", "moved_on", "here"], "{row}");
    // The grandfather had gone to relatives before he was registered: he did not go from here.
    let gone = |went: u32| {
        office
            .browser
            .open_until("/situation", |page| moved(page).is_ok_and(|moved| moved == [3, went]))
    };
    gone(2)?;
    office.kiosk.sync()?;
    office.kiosk.edit(&references[0], &json!({ "person": { "whereabouts": "here" } }))?;
    office.kiosk.sync()?;
    gone(1)?;
    office.kiosk.edit(&references[0], &json!({ "person": { "whereabouts": "returned" } }))?;
    office.kiosk.sync()?;
    gone(2)?;
    // Who was at their relatives' all along neither came here nor went.
    let late = json!({ "given_name": "Күләш", "age_years": 69, "whereabouts": "with_relatives" });
    office.kiosk.edit(&references[0], &json!({ "household": [late] }))?;
    office.kiosk.sync()?;
    office.counts(5)?;
    ensure!(moved(&office.counts(5)?)? == [3, 2]);
    office.world.close()
}

#[test]
fn a_child_that_met_its_people_is_alone_no_more() -> Result<()> {
    let alone = |name: &str| {
        json!({ "given_name": name, "age_years": 5, "whereabouts": "here", "relation": "other",
            "separated": { "found_at": "2-платформа", "says": name } })
    };
    let mut both = family("Ахметова", "School 7");
    both["household"] = json!([alone("Әли"), alone("Сара")]);
    let (office, references) = Office::with(&[both])?;
    let says = |page: &Page, said: &str| page.body.contains(&format!("<strong>{said}</li>"));
    office.browser.open_until("/situation", |page| says(page, "2</strong> children alone"))?;
    let row = office.world.row(&references[0])?;
    let id = row["household"][0]["id"].clone();
    // A kiosk hands nobody over; the office does, with two of staff.
    let patch = json!({ "household": [{ "id": id, "whereabouts": "with_relatives" }] });
    let refused = office.kiosk.try_edit(&references[0], &patch.to_string())?;
    ensure!(
        refused.code != Some(0) && refused.stderr.contains("two of staff"),
        "{}",
        refused.why()
    );
    let case = office.case(&references[0])?;
    let (address, release) = (format!("/cases/{case}"), format!("/cases/{case}/release"));
    let operator = office.world.office.operator("Ерлан")?;
    let who = format!("household.{}", id.as_str().context("no id")?);
    let first =
        [("who", who.as_str()), ("guardian", "Ахметова"), ("document", "ЖК 1"), ("step", "first")];
    let sent = operator.submit(&operator.open(&address)?, &release, &first)?;
    ensure!(sent.status == 303, "{sent:?}");
    let second = office.world.office.operator("Дана")?;
    let sent = second.submit(&second.open(&address)?, &release, &[("step", "confirm")])?;
    ensure!(sent.status == 303, "{sent:?}");
    office.browser.open_until("/situation", |page| says(page, "1</strong> child alone"))?;
    office.world.close()
}

#[test]
fn a_report_has_a_row_for_everything_and_its_sum() -> Result<()> {
    let mut housing = appeal("Су жоқ");
    housing["category"] = json!("тұрғын үй");
    let (office, references) = Office::with(&[housing.clone(), housing, appeal("Жол")])?;
    let case = office.case(&references[0])?;
    for status in ["under_review", "resolved"] {
        let page = office.browser.open(&format!("/cases/{case}"))?;
        let action = format!("/cases/{case}/status");
        ensure!(office.browser.submit(&page, &action, &[("status", status)])?.status == 303);
    }
    let address = "/reports?by=category&kind=appeal";
    let page = office.browser.open_until(address, |page| page.body.contains("resolved"))?;
    let rows: Vec<Vec<String>> = page
        .body
        .split("<tr>")
        .skip(1)
        .map(|row| {
            let cells = row.split(['<', '>']).collect::<Vec<_>>();
            let texts = cells.iter().skip(2).step_by(2);
            texts.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty()).collect()
        })
        .collect();
    let said = |name: &str| rows.iter().find(|row| row[0] == name).map(|row| row[1..4].join(" "));
    ensure!(said("тұрғын үй").as_deref() == Some("1 1 2"), "{rows:?}");
    ensure!(said("not given").as_deref() == Some("1 0 1"), "{rows:?}");
    ensure!(said("total").as_deref() == Some("2 1 3"), "{rows:?}");
    for hostile in ["by=%27%3B--&kind=%27", "by=nothing&from=x&to=9999-99-99", "station=%00"] {
        let page = office.browser.get(&format!("/reports?{hostile}"))?;
        ensure!(page.status == 200, "{hostile}: {page:?}");
    }
    office.world.close()
}

#[test]
fn a_filtered_view_leaves_as_a_file_in_which_formulas_are_text() -> Result<()> {
    let (office, references) =
        Office::with(&[family(FORMULA, "School 7"), family("Серікова", "Mosque"), appeal("Жол")])?;
    let csv = office.browser.open("/export/cases.csv?kind=evacuee")?;
    ensure!(csv.header("content-type").starts_with("text/csv"), "{csv:?}");
    ensure!(csv.header("content-disposition").contains("cases.csv"), "{csv:?}");
    let lines: Vec<&str> = csv.body.lines().collect();
    ensure!(lines.len() == 3 && lines[0].contains("Reference number"), "{}", csv.body);
    ensure!(lines[1].contains("'=HYPERLINK") && lines[1].contains("+77011234567"), "{}", csv.body);
    ensure!(lines[2].starts_with(&references[1]), "{}", csv.body);

    let json = office.browser.open("/export/cases.jsonl?kind=appeal")?;
    let line: Value = serde_json::from_str(json.body.trim())?;
    ensure!(line["reference"] == *references[2] && line["narrative"] == "Жол", "{line}");

    let bytes = office.browser.bytes("/export/cases.xlsx")?;
    let mut book = zip::ZipArchive::new(Cursor::new(bytes))?;
    let mut sheet = String::new();
    book.by_name("xl/worksheets/sheet1.xml")?.read_to_string(&mut sheet)?;
    ensure!(!sheet.contains("<f>") && sheet.contains("=HYPERLINK("), "{sheet}");
    ensure!(sheet.matches("<row ").count() == 4, "{sheet}");
    // A browser takes it packed, and it arrives whole.
    let mut packed = office.browser.clone();
    packed.headers.push(("accept-encoding", "gzip".to_owned()));
    for file in ["cases.csv", "cases.xlsx", "cases.jsonl"] {
        ensure!(!packed.bytes(&format!("/export/{file}"))?.is_empty(), "{file}");
    }
    let none = office.browser.open("/export/cases.csv?kind=nothing")?;
    ensure!(none.body.lines().count() == 1, "{}", none.body);
    ensure!(office.browser.get("/export/cases.exe")?.status == 404);
    office.world.close()
}

#[test]
fn pages_are_small_on_their_way() -> Result<()> {
    let (mut office, _) = Office::with(&vec![family("Серікова", "Mosque"); 60])?;
    office.browser.headers.push(("accept-encoding", "gzip".to_owned()));
    let mut all = 0;
    for path in ["/cases", "/style.css", "/console.js"] {
        let page = office.browser.bytes(path)?;
        ensure!(page.starts_with(&[0x1f, 0x8b]), "{path} is not compressed");
        all += page.len();
    }
    ensure!(all <= 60_000, "a page, all counted, has {all} bytes");
    office.world.close()
}
