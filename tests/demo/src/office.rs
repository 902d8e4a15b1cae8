//! A member of staff at the office's console: signs in, corrects a field, answers an appeal.
//! Refuses any other way in: what is done here is done as a browser would do it.

use anyhow::{Context, Result, bail};

use crate::http::{self, Reply};

/// A signed-in session.
#[derive(Debug)]
pub(crate) struct Office {
    host: String,
    cookie: String,
}

impl Office {
    pub(crate) fn sign_in(host: &str, name: &str, password: &str) -> Result<Self> {
        let form = http::form(&[("name", name), ("password", password)]);
        let reply = http::send(host, "/sign-in", "", Some(&form))?;
        accepted(&reply, "signing in at the console")?;
        let cookies = reply.headers("set-cookie").filter_map(|cookie| cookie.split(';').next());
        let cookie = cookies.collect::<Vec<_>>().join("; ");
        if !cookie.contains("beket-session=") {
            bail!("the console let {name} in without a session");
        }
        Ok(Self { host: host.to_owned(), cookie })
    }

    /// Writes one field of what the person said, at the heads its page shows.
    pub(crate) fn edit(&self, case: &str, path: &str, value: &str) -> Result<()> {
        self.submit(case, "field", &[("path", path), ("value", value)])
    }

    /// Sets the answer's status and the words for the person.
    pub(crate) fn answer(&self, case: &str, status: &str, text: &str) -> Result<()> {
        self.submit(case, "status", &[("status", status), ("text", text)])
    }

    /// Gives cases to one of staff.
    pub(crate) fn give(&self, cases: &[&str], to: &str) -> Result<()> {
        let fields: Vec<_> = cases.iter().map(|case| ("case", *case)).chain([("to", to)]).collect();
        let form = http::form(&fields);
        let reply = http::send(&self.host, "/cases/assign", &self.cookie, Some(&form))?;
        accepted(&reply, "/cases/assign")
    }

    /// Sends a form of the case's page: its hidden fields as they stand, and those given.
    fn submit(&self, case: &str, action: &str, fields: &[(&str, &str)]) -> Result<()> {
        let page = format!("/cases/{case}");
        let reply = http::send(&self.host, &page, &self.cookie, None)?;
        if reply.status != 200 {
            bail!("the console answered {} to {page}", reply.status);
        }
        let path = format!("{page}/{action}");
        let hidden = hidden_fields(&reply.body, &path)
            .with_context(|| format!("{page} shows no form for {path}"))?;
        let named = |name: &str| fields.iter().any(|(field, _)| *field == name);
        let kept = hidden.iter().map(|(name, value)| (name.as_str(), value.as_str()));
        let whole: Vec<_> =
            kept.filter(|(name, _)| !named(name)).chain(fields.iter().copied()).collect();
        let reply = http::send(&self.host, &path, &self.cookie, Some(&http::form(&whole)))?;
        accepted(&reply, &path)
    }
}

fn accepted(reply: &Reply, what: &str) -> Result<()> {
    if reply.status != 303 {
        let words: String = reply.body.chars().take(300).collect();
        bail!("{what}: the console answered {} where 303 was due: {words}", reply.status);
    }
    Ok(())
}

/// The hidden fields of the first form on the page that is sent to `path`.
fn hidden_fields(page: &str, path: &str) -> Option<Vec<(String, String)>> {
    let form = page
        .split("<form")
        .skip(1)
        .filter_map(|tail| tail.split("</form>").next())
        .find(|form| attribute(form, "action").is_some_and(|action| action.ends_with(path)))?;
    let inputs = form.split("<input").skip(1).filter_map(|tail| tail.split('>').next());
    let hidden = inputs
        .filter(|input| attribute(input, "type").as_deref() == Some("hidden"))
        .filter_map(|input| {
            Some((attribute(input, "name")?, attribute(input, "value").unwrap_or_default()))
        });
    Some(hidden.collect())
}

/// One attribute of the tag that `text` opens with.
fn attribute(text: &str, name: &str) -> Option<String> {
    let tag = text.split('>').next()?;
    let (_, tail) = tag.split_once(&format!(" {name}=\""))?;
    let value = tail.split('"').next()?;
    let plain = value.replace("&quot;", "\"").replace("&lt;", "<").replace("&gt;", ">");
    Some(plain.replace("&#39;", "'").replace("&amp;", "&"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = r#"<h1>Case</h1>
<form method="get" action="/cases"><input type="search" name="q"></form>
<form method="post" action="/cases/0a/field">
  <input type="hidden" name="heads" value="aa,bb"><input type="hidden" value="a&amp;b" name="back">
  <input name="value"><input type="hidden" name="path" value="person.phone"></form>
<form method="post" action="/cases/0a/status"><input type="hidden" name="heads" value=""></form>"#;

    #[test]
    fn the_right_forms_hidden_fields_are_read() {
        let fields = hidden_fields(PAGE, "/cases/0a/field").unwrap();
        let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        assert_eq!(
            fields,
            [pair("heads", "aa,bb"), pair("back", "a&b"), pair("path", "person.phone")]
        );
        assert_eq!(hidden_fields(PAGE, "/cases/0a/status"), Some(vec![pair("heads", "")]));
        assert_eq!(hidden_fields(PAGE, "/cases/0b/field"), None);
    }
}
