//! A browser at the office's console: pages as text, forms sent as a person sends them.
//! Refuses scripts and redirects: each answer is looked at as it came.

use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use ureq::Agent;
use ureq::http::Response;
use ureq::tls::{Certificate, TlsConfig};

const PATIENCE: Duration = Duration::from_mins(1);
/// A file of a million rows takes a while.
const FILE_PATIENCE: Duration = Duration::from_mins(15);
const PAUSE: Duration = Duration::from_millis(25);

/// One browser with its cookies.
#[derive(Debug, Clone)]
pub struct Browser {
    agent: Agent,
    url: String,
    /// `name=value` of the cookies it was given.
    pub cookies: Vec<String>,
    /// Sent with every request.
    pub headers: Vec<(&'static str, String)>,
}

/// What came back.
#[derive(Debug, Clone)]
pub struct Page {
    /// The HTTP status.
    pub status: u16,
    /// Headers, names in small letters.
    pub headers: Vec<(String, String)>,
    /// The page.
    pub body: String,
}

/// A form as a page shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Form {
    /// Where it goes.
    pub action: String,
    /// Its hidden fields.
    pub hidden: Vec<(String, String)>,
    /// Its buttons that have a name: name, value, words.
    pub buttons: Vec<(String, String, String)>,
    /// The values of its options.
    pub options: Vec<String>,
}

impl Browser {
    /// A browser without a session.
    pub fn new(url: &str) -> Self {
        Self::with(url, TlsConfig::default())
    }

    /// The same, which trusts this certificate, as PEM.
    pub fn trusting(url: &str, pem: &str) -> Result<Self> {
        let trusted = [Certificate::from_pem(pem.as_bytes())?];
        Ok(Self::with(url, TlsConfig::builder().root_certs(trusted.into_iter().into()).build()))
    }

    fn with(url: &str, tls: TlsConfig) -> Self {
        let config = Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            // A connection for each request: the office hangs up on what is too large.
            .max_idle_connections(0)
            .tls_config(tls)
            .timeout_global(Some(PATIENCE));
        let agent = config.build().new_agent();
        Self { agent, url: url.to_owned(), cookies: Vec::new(), headers: Vec::new() }
    }

    /// Signs in; an error where that is not accepted.
    pub fn sign_in(&mut self, name: &str, password: &str) -> Result<()> {
        let page = self.post("/sign-in", &[("name", name), ("password", password)])?;
        if page.status != 303 {
            bail!("signing in: {}", page.status);
        }
        let given = page.all("set-cookie").filter_map(|cookie| cookie.split(';').next());
        self.cookies = given.map(str::to_owned).collect();
        Ok(())
    }

    /// Opens an address.
    pub fn get(&self, path: &str) -> Result<Page> {
        let mut request = self.agent.get(format!("{}{path}", self.url));
        for (name, value) in self.all_headers() {
            request = request.header(name, value);
        }
        Page::of(request.call().with_context(|| format!("GET {path}"))?)
    }

    /// The bytes of an address, as they came.
    pub fn bytes(&self, path: &str) -> Result<Vec<u8>> {
        Ok(self.file(path)?.into_with_config().limit(1 << 30).read_to_vec()?)
    }

    /// How many bytes an address has, none of which is kept.
    pub fn weigh(&self, path: &str) -> Result<u64> {
        let mut body = self.file(path)?.into_with_config().limit(u64::MAX).reader();
        Ok(std::io::copy(&mut body, &mut std::io::sink())?)
    }

    fn file(&self, path: &str) -> Result<ureq::Body> {
        let request = self.agent.get(format!("{}{path}", self.url));
        let mut request = request.config().timeout_global(Some(FILE_PATIENCE)).build();
        for (name, value) in self.all_headers() {
            request = request.header(name, value);
        }
        let response = request.call().with_context(|| format!("GET {path}"))?;
        Ok(response.into_body())
    }

    /// Sends a form.
    pub fn post(&self, path: &str, fields: &[(&str, &str)]) -> Result<Page> {
        self.post_text(path, &urlencoded(fields))
    }

    /// Sends what a form would not.
    pub fn post_text(&self, path: &str, text: &str) -> Result<Page> {
        let mut request = self.agent.post(format!("{}{path}", self.url));
        request = request.content_type("application/x-www-form-urlencoded");
        for (name, value) in self.all_headers() {
            request = request.header(name, value);
        }
        Page::of(request.send(text).with_context(|| format!("POST {path}"))?)
    }

    fn all_headers(&self) -> Vec<(&str, String)> {
        let cookies = (!self.cookies.is_empty()).then(|| ("cookie", self.cookies.join("; ")));
        self.headers.iter().map(|(name, value)| (*name, value.clone())).chain(cookies).collect()
    }

    /// A page that must be there; whoever is told to wait waits.
    pub fn open(&self, path: &str) -> Result<Page> {
        let mut page = self.get(path)?;
        while page.status == 429 {
            std::thread::sleep(Duration::from_secs(page.header("retry-after").parse()?));
            page = self.get(path)?;
        }
        if page.status != 200 {
            bail!("{path}: {} {}", page.status, page.body);
        }
        Ok(page)
    }

    /// Opens a page again and again until it shows what it must: lists follow the records.
    pub fn open_until(&self, path: &str, shows: impl Fn(&Page) -> bool) -> Result<Page> {
        let ends = Instant::now() + PATIENCE;
        loop {
            let page = self.open(path)?;
            if shows(&page) {
                return Ok(page);
            }
            if Instant::now() > ends {
                bail!("{path} never shows what it must: {}", page.body);
            }
            std::thread::sleep(PAUSE);
        }
    }

    /// Sends the form of a page that goes to `action`, with its hidden fields and these.
    pub fn submit(&self, page: &Page, action: &str, fields: &[(&str, &str)]) -> Result<Page> {
        let form = page.form(action)?;
        let hidden = form.hidden.iter().map(|(name, value)| (name.as_str(), value.as_str()));
        let named = |name: &str| fields.iter().any(|(field, _)| *field == name);
        let all: Vec<_> =
            hidden.filter(|(name, _)| !named(name)).chain(fields.iter().copied()).collect();
        self.post(&form.action, &all)
    }
}

impl Page {
    fn of(response: Response<ureq::Body>) -> Result<Self> {
        let status = response.status().as_u16();
        let headers = response.headers().iter();
        let headers = headers
            .map(|(name, value)| Ok((name.to_string(), value.to_str()?.to_owned())))
            .collect::<Result<_>>()?;
        let body = response.into_body().with_config().limit(64 << 20).read_to_vec()?;
        let body = String::from_utf8(body).context("the page is no text")?;
        Ok(Self { status, headers, body })
    }

    /// Every value of one header.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.headers.iter().filter(move |(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// One header; empty where it is not there.
    pub fn header<'a>(&'a self, name: &'a str) -> &'a str {
        self.all(name).next().unwrap_or_default()
    }

    /// How many cases the queue says there are.
    pub fn total(&self) -> Result<usize> {
        let said = self.body.split("quiet-text\">").nth(1).context("no count")?;
        let said = plain(said.split('<').next().unwrap_or_default());
        let digits: String = said.chars().filter(char::is_ascii_digit).collect();
        Ok(digits.parse()?)
    }

    /// The address of the queue's next page.
    pub fn next(&self) -> Option<String> {
        let next = self.body.split("rel=\"next\" href=\"").nth(1)?.split('"').next()?;
        Some(plain(next))
    }

    /// The ids of the cases that the page leads to, each once, as they come.
    pub fn cases(&self) -> Vec<&str> {
        let mut cases: Vec<&str> = Vec::new();
        for rest in self.body.split("href=\"/cases/").skip(1) {
            let id = rest.get(..32).filter(|id| id.chars().all(|c| c.is_ascii_hexdigit()));
            cases.extend(id.filter(|id| !cases.contains(id)));
        }
        cases
    }

    /// Every form of the page.
    pub fn forms(&self) -> Vec<Form> {
        let forms = self.body.split("<form").skip(1);
        forms.filter_map(|tail| tail.split("</form>").next()).filter_map(form).collect()
    }

    /// The first form that goes to `action`.
    pub fn form(&self, action: &str) -> Result<Form> {
        let found = self.forms().into_iter().find(|form| form.action == action);
        found.with_context(|| format!("no form goes to {action}: {}", self.body))
    }
}

fn form(text: &str) -> Option<Form> {
    let tags = |name: &str| -> Vec<&str> { text.split(name).skip(1).collect() };
    let hidden = tags("<input ").into_iter();
    let hidden = hidden.filter(|tag| attribute(tag, "type").as_deref() == Some("hidden"));
    let pair = |tag: &str| Some((attribute(tag, "name")?, attribute(tag, "value")?));
    let button = |tag: &str| {
        let (name, value) = pair(tag)?;
        let words = tag.split_once('>')?.1.split("</button>").next()?;
        Some((name, value, plain(words)))
    };
    Some(Form {
        action: attribute(text, "action")?,
        hidden: hidden.filter_map(pair).collect(),
        buttons: tags("<button ").into_iter().filter_map(button).collect(),
        options: tags("<option ").into_iter().filter_map(|tag| attribute(tag, "value")).collect(),
    })
}

/// One attribute of the tag that `text` opens with.
fn attribute(text: &str, name: &str) -> Option<String> {
    let tag = format!(" {}", text.split('>').next()?);
    let (_, tail) = tag.split_once(&format!(" {name}=\""))?;
    Some(plain(tail.split('"').next()?))
}

/// Text as a person reads it.
pub fn plain(text: &str) -> String {
    let text = text.replace("&quot;", "\"").replace("&lt;", "<").replace("&gt;", ">");
    text.replace("&#39;", "'").replace("&amp;", "&")
}

/// `name=value&…`, everything but letters and digits escaped.
pub fn urlencoded(fields: &[(&str, &str)]) -> String {
    let escaped = |text: &str| -> String {
        text.bytes()
            .map(|byte| match byte {
                byte if byte.is_ascii_alphanumeric() => char::from(byte).to_string(),
                byte => format!("%{byte:02X}"),
            })
            .collect()
    };
    let pairs = fields.iter().map(|(name, value)| format!("{}={}", escaped(name), escaped(value)));
    pairs.collect::<Vec<_>>().join("&")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_is_read_with_its_hidden_fields_and_buttons() {
        let body =
            r#"<form method="post" action="/cases/0a/field"><input type="hidden" name="heads"
            value="aa,bb"><input name="value"><button class="choice" name="json"
            value="&quot;a&amp;b&quot;">Keep: a&amp;b</button><option value="x"></form>"#
                .replace('\n', " ");
        let page = Page { status: 200, headers: Vec::new(), body };
        let form = page.form("/cases/0a/field").unwrap();
        assert_eq!(form.hidden, [("heads".to_owned(), "aa,bb".to_owned())]);
        let button = ("json".to_owned(), "\"a&b\"".to_owned(), "Keep: a&b".to_owned());
        assert_eq!(form.buttons, [button]);
        assert_eq!(form.options, ["x"]);
        assert!(page.form("/cases/0b/field").is_err());
    }

    #[test]
    fn forms_are_escaped() {
        assert_eq!(urlencoded(&[("a", "+7 ә"), ("b", "")]), "a=%2B7%20%D3%99&b=");
    }
}
