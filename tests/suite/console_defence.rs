//! Owns: what a hostile form, page or intake tries at the office's console, and that it comes to
//! nothing.
//! Refuses: what staff do there, which `console` owns.

use anyhow::{Context, Result, anyhow, ensure};
use beket_tests::world::{appeal, evacuee};
use beket_tests::{Browser, Page, World};
use serde_json::{Value, json};

/// Would be markup, an attribute's end, an entity, a comment, if anything let it be.
const MARKUP: &str = r#"<script>alert("x")</script>'"><img src=x onerror=a>&amp;<!-- {{1}}"#;

/// An intake with markup in every field that takes text.
fn hostile() -> Value {
    json!({
        "kind": "appeal", "language": "en", "incident": MARKUP, "category": MARKUP,
        "programme": MARKUP, "narrative": MARKUP,
        "person": {
            "family_name": MARKUP, "given_name": MARKUP, "patronymic": MARKUP, "needs": [MARKUP],
            "address": { "kato": MARKUP, "line": MARKUP },
            "registration_address": { "kato": MARKUP, "line": MARKUP },
            "separated": { "found_at": MARKUP, "brought_by": MARKUP, "says": MARKUP, "clothing": MARKUP },
        },
        "household": [{
            "relation": MARKUP, "family_name": MARKUP, "given_name": MARKUP, "patronymic": MARKUP,
            "needs": [MARKUP], "separated": { "found_at": MARKUP, "says": MARKUP },
        }],
        "movement": { "transport": MARKUP, "number": MARKUP, "ticket": MARKUP, "from": MARKUP,
                      "to": MARKUP, "onward": MARKUP },
        "place": { "site": MARKUP, "bed": MARKUP },
        "suggested_links": [{ "case": MARKUP, "kind": MARKUP }],
    })
}

/// Nothing of the markup is markup on this page.
fn harmless(body: &str, what: &str) -> Result<()> {
    for live in ["<script>", "<img", "onerror=a>", "<!-- {{", "&amp;<"] {
        ensure!(!body.contains(live), "{what}: {live} is live: {body}");
    }
    // The text itself is there: escaped, not dropped.
    ensure!(body.contains("&lt;script&gt;alert(&quot;x&quot;)"), "{what}: {body}");
    Ok(())
}

#[test]
fn markup_in_every_field_is_shown_as_text() -> Result<()> {
    let world = World::open()?;
    let (one, other) =
        (world.staffed("TRK")?.used_by(MARKUP), world.staffed("TRK")?.used_by(MARKUP));
    let reference = one.take_one(&hostile())?;
    one.sync()?;
    other.sync()?;
    for (kiosk, end) in [(&one, "1"), (&other, "2")] {
        kiosk.edit(
            &reference,
            &json!({ "person": { "family_name": format!("{MARKUP}{end}") },
                                        "narrative": format!("{MARKUP}{end}") }),
        )?;
        kiosk.sync()?;
    }
    let row = world.row(&reference)?;
    let case = row["case"].as_str().context("no case")?;
    let mut browser = world.office.browser()?;
    let list = browser.open_until("/cases", |page| page.body.contains(&reference))?;
    harmless(&list.body, "the list")?;
    let address = format!("/cases/{case}");
    for tongue in ["kk", "ru", "en"] {
        browser.headers = vec![("accept-language", tongue.to_owned())];
        harmless(&browser.open(&address)?.body, tongue)?;
    }
    let query =
        beket_tests::browser::urlencoded(&[("q", MARKUP), ("only", MARKUP), ("after", MARKUP)]);
    harmless(&browser.open(&format!("/cases?{query}"))?.body, "the search")?;

    let answered = browser.submit(
        &browser.open(&address)?,
        &format!("{address}/status"),
        &[("status", "resolved"), ("text", MARKUP)],
    )?;
    ensure!(answered.status == 303 || answered.status == 422, "{answered:?}");
    harmless(&browser.open(&address)?.body, "the case with its answer")?;
    one.edit(&reference, &json!({ "void_reason": MARKUP }))?;
    one.sync()?;
    harmless(&browser.open(&address)?.body, "the case made void")?;
    let sign_in = browser.post("/sign-in", &[("name", MARKUP), ("password", MARKUP)])?;
    harmless(&sign_in.body, "the sign-in")?;
    let wrong = browser.submit(
        &browser.open(&address)?,
        &format!("{address}/field"),
        &[("path", MARKUP), ("value", MARKUP)],
    )?;
    ensure!(wrong.status == 422, "{wrong:?}");
    for live in ["<script>", "<img"] {
        ensure!(!wrong.body.contains(live), "{}", wrong.body);
    }
    world.close()
}

#[test]
fn forms_sent_by_other_sites_change_nothing() -> Result<()> {
    let world = World::open()?;
    let kiosk = world.staffed("TRK")?;
    let reference = kiosk.take_one(&appeal("Нет воды"))?;
    kiosk.sync()?;
    let case = world.row(&reference)?["case"].as_str().context("no case")?.to_owned();
    let address = format!("/cases/{case}");
    let mut browser = world.office.browser()?;
    let page = browser.open(&address)?;
    for (name, value) in [
        ("sec-fetch-site", "cross-site".to_owned()),
        ("sec-fetch-site", "same-site".to_owned()),
        ("sec-fetch-site", "nonsense".to_owned()),
        ("origin", "http://evil.example".to_owned()),
        ("origin", "null".to_owned()),
        ("origin", format!("{}.evil.example", world.office.url())),
    ] {
        browser.headers = vec![(name, value.clone())];
        for (form, fields) in [
            (format!("{address}/status"), &[("status", "resolved"), ("text", "x")][..]),
            (format!("{address}/field"), &[("path", "place.bed"), ("value", "1")]),
        ] {
            let refused = browser.submit(&page, &form, fields)?;
            ensure!(refused.status == 403, "{name}: {value}: {form}: {refused:?}");
        }
        for form in ["/sign-out", "/sign-in", "/language"] {
            let refused = browser
                .post(form, &[("name", "a"), ("password", "b"), ("to", "ru"), ("back", "/")])?;
            ensure!(refused.status == 403, "{name}: {value}: {form}: {refused:?}");
        }
    }
    for (name, value) in
        [("sec-fetch-site", "same-origin".to_owned()), ("origin", world.office.url())]
    {
        browser.headers = vec![(name, value)];
        let fields = [("path", "place.bed"), ("value", "7")];
        let taken = browser.submit(&page, &format!("{address}/field"), &fields)?;
        ensure!(taken.status == 303, "{name}: {taken:?}");
    }
    let row = world.row(&reference)?;
    ensure!(row["status"] == "received" && row["place"]["bed"] == "7", "{row}");
    world.close()
}

#[test]
fn every_page_carries_strict_headers() -> Result<()> {
    let world = World::open()?;
    let kiosk = world.staffed("TRK")?;
    let reference = kiosk.take_one(&evacuee("Сәуле"))?;
    kiosk.sync()?;
    let case = world.row(&reference)?["case"].as_str().context("no case")?.to_owned();
    let browser = world.office.browser()?;
    let stranger = Browser::new(&world.office.url());
    let pages = [
        browser.get("/cases")?,
        browser.get(&format!("/cases/{case}"))?,
        browser.get("/cases/nonsense")?,
        browser.get("/style.css")?,
        stranger.get("/sign-in")?,
        stranger.get("/cases")?,
        stranger.post("/sign-in", &[("name", "a"), ("password", "b")])?,
    ];
    for page in pages {
        let policy = page.header("content-security-policy");
        for rule in [
            "default-src 'none'",
            "frame-ancestors 'none'",
            "form-action 'self'",
            "base-uri 'none'",
        ] {
            ensure!(policy.contains(rule), "{rule}: {page:?}");
        }
        ensure!(!policy.contains("unsafe") && policy.contains("script-src 'self';"), "{policy}");
        ensure!(page.header("x-content-type-options") == "nosniff", "{page:?}");
        ensure!(page.header("referrer-policy") == "same-origin", "{page:?}");
        let scripts = page.body.matches("<script").count();
        let ours = page.body.matches(r#"<script src="/console.js" defer></script>"#).count();
        ensure!(scripts == ours, "{page:?}");
        let html = page.header("content-type").starts_with("text/html");
        ensure!(!html || page.header("cache-control") == "no-store", "{page:?}");
    }
    world.close()
}

#[test]
fn addresses_of_no_case_are_told_so_on_a_page() -> Result<()> {
    let world = World::open()?;
    let browser = world.office.browser()?;
    for id in [
        "nonsense",
        "00000000000000000000000000000001",
        "%3Cscript%3E",
        "..%2f..%2foffice.key",
        "ә",
    ] {
        let path = format!("/cases/{id}");
        let page = browser.get(&path)?;
        ensure!(page.status == 404 && page.body.contains("</html>"), "{path}: {page:?}");
        ensure!(!page.body.contains("<script>"), "{path}: {page:?}");
        for form in ["field", "status"] {
            let fields = [("path", "place.bed"), ("value", "1"), ("status", "here"), ("heads", "")];
            let page = browser.post(&format!("{path}/{form}"), &fields)?;
            ensure!(page.status == 404, "{path}/{form}: {page:?}");
        }
    }
    let stranger = Browser::new(&world.office.url());
    for path in ["/nowhere", "/cases/", "/cases/a/b", "/style.css/x"] {
        for browser in [&browser, &stranger] {
            let page = browser.get(path)?;
            ensure!(page.status == 404 && page.body.contains("</html>"), "{path}: {page:?}");
            ensure!(page.body.contains("Мұндай бет жоқ"), "{path}: {page:?}");
        }
    }
    // What kiosks ask for is no page.
    let kiosks = browser.get("/sync/hello")?;
    ensure!(kiosks.status == 405 && !kiosks.body.contains("</html>"), "{kiosks:?}");
    world.close()
}

/// The id that certificates bear stands for no case.
#[test]
fn the_directory_is_no_case() -> Result<()> {
    let world = World::open()?;
    let browser = world.office.browser()?;
    let path = "/cases/00000000000000000000000000000000";
    let page = browser.get(path)?;
    ensure!(page.status == 404, "{page:?}");
    let fields = [("path", "answer.text"), ("value", "1"), ("heads", "")];
    let page = browser.post(&format!("{path}/field"), &fields)?;
    ensure!(page.status == 404, "{page:?}");
    let page = browser.post(&format!("{path}/status"), &[("status", "advised"), ("heads", "")])?;
    ensure!(page.status == 404, "{page:?}");
    ensure!(world.office.export()?.is_empty());
    world.close()
}

#[test]
fn a_status_that_the_kind_does_not_have_is_refused_as_a_field_too() -> Result<()> {
    let world = World::open()?;
    let kiosk = world.staffed("TRK")?;
    let reference = kiosk.take_one(&appeal("Нет воды"))?;
    kiosk.sync()?;
    let case = world.row(&reference)?["case"].as_str().context("no case")?.to_owned();
    let browser = world.office.browser()?;
    for status in ["resolved in full", "reunited", "here", "void"] {
        let fields = [("path", "answer.status"), ("value", status), ("heads", "")];
        let page = browser.post(&format!("/cases/{case}/field"), &fields)?;
        ensure!(page.status == 422, "{status}: {page:?}");
    }
    ensure!(world.row(&reference)?["answer"].is_null());
    world.close()
}

#[test]
fn malformed_parameters_break_nothing_and_save_nothing() -> Result<()> {
    let world = World::open()?;
    let kiosk = world.staffed("TRK")?;
    let reference = kiosk.take_one(&appeal("Нет воды"))?;
    kiosk.sync()?;
    let case = world.row(&reference)?["case"].as_str().context("no case")?.to_owned();
    let address = format!("/cases/{case}");
    let browser = world.office.browser()?;
    let page = browser.open(&address)?;
    let form = page.form(&format!("{address}/field"))?;
    let heads = form.hidden.iter().find(|(name, _)| name == "heads").context("no heads")?.1.clone();
    for query in [
        "after=x",
        "after=-",
        "after=99999999999999999999-00",
        "kind=x",
        "q=%ff%fe",
        "a=b&a=c",
        "%",
    ] {
        let page = browser.get(&format!("/cases?{query}"))?;
        ensure!(page.status == 200 || page.status == 400, "{query}: {}", page.status);
        ensure!(page.body.contains("</html>"), "{query}: {page:?}");
    }
    let unknown = "0".repeat(64);
    for (heads, path, value) in [
        ("", "place.bed", "1"),
        ("zz", "place.bed", "1"),
        (unknown.as_str(), "place.bed", "1"),
        (&format!("{heads},{unknown}"), "place.bed", "1"),
        (&heads, "", "1"),
        (&heads, "place", "1"),
        (&heads, "place.bed.deeper", "1"),
        (&heads, "reference", "TRK-A-0009-1"),
        (&heads, "household", "1"),
        (&heads, "person.phone", "12"),
        (&heads, "person.iin", "850101399997"),
        (&heads, "person.sex", "x"),
        (&heads, "person.age_years", "many"),
        (&heads, "kind", "robot"),
        (&heads, "narrative", &"я".repeat(20_001)),
        (&heads, "answer.nothing", "x"),
    ] {
        let fields = [("heads", heads), ("path", path), ("value", value)];
        let page = browser.post(&format!("{address}/field"), &fields)?;
        ensure!(page.status == 422 && page.body.contains("</html>"), "{fields:?}: {page:?}");
    }
    for json in ["", "{", "[1]", "{\"a\":1}", "7", "null x"] {
        let fields = [("heads", heads.as_str()), ("path", "place.bed"), ("json", json)];
        let page = browser.post(&format!("{address}/field"), &fields)?;
        ensure!(page.status == 422, "{json}: {page:?}");
    }
    for status in ["", "here", "possible", "void", "<b>", "received "] {
        let page =
            browser.post(&format!("{address}/status"), &[("heads", ""), ("status", status)])?;
        ensure!(page.status == 422, "{status:?}: {page:?}");
    }
    for text in ["", "path=place.bed", "heads=&heads=&path=a&value=b", "%ff%fe=1", "=&=&="] {
        let page = browser.post_text(&format!("{address}/field"), text)?;
        ensure!((400..=422).contains(&page.status), "{text}: {page:?}");
        ensure!(page.body.contains("</html>"), "{text}: {page:?}");
    }
    // The server may hang up before it has heard it all.
    let page = browser.post_text(&format!("{address}/field"), &"x".repeat(300 * 1024));
    let told = |page: &Page| page.status == 413 && page.body.contains("Мәтінді қысқартып");
    ensure!(page.as_ref().map_or(true, told), "{page:?}");
    for (path, form) in [("/staff", "x=1"), ("/hotline", "%ff%fe=1"), ("/calendar", "")] {
        let page = browser.post_text(path, form)?;
        ensure!(page.body.contains("</html>"), "{path}: {page:?}");
    }
    let row = world.row(&reference)?;
    ensure!(row["status"] == "received" && row["place"]["bed"].is_null(), "{row}");
    ensure!(kiosk.sync()?.pulled == 0);
    world.close()
}

#[test]
fn whoever_knocks_too_often_is_told_to_wait_and_leaves_those_inside_alone() -> Result<()> {
    let world = World::open()?;
    let inside = world.office.browser()?;
    let stranger = Browser::new(&world.office.url());
    let knock = &|name: &str| stranger.post("/sign-in", &[("name", name), ("password", "")]);
    // So many that one of two minutes has too many; at once, for each waits for its answer.
    let answers: Result<Vec<Page>> = std::thread::scope(|scope| {
        let knocks: Vec<_> =
            (0..130).map(|nth| scope.spawn(move || knock(&format!("n{nth}")))).collect();
        knocks.into_iter().map(|it| it.join().map_err(|_| anyhow!("it panicked"))?).collect()
    });
    let answers = answers?;
    let told = answers.iter().find(|page| page.status != 403).context("nobody was told to wait")?;
    ensure!(told.status == 429 && told.header("retry-after") == "60", "{told:?}");
    ensure!(told.body.contains("Бір минуттан кейін"), "{}", told.body);
    inside.open("/cases")?;
    world.close()
}
