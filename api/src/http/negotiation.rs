//! Media types: in which one the client wants its answer, and whether a body is in the one that is read.

/// A media type of answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Media {
    /// `application/json`: a status other than 200 says little about the graph, for clients that look no further.
    Json,
    /// `application/graphql-response+json`: the status speaks.
    GraphqlResponse,
}

/// The offers; where the client does not care, the first.
const OFFERS: [Media; 2] = [Media::Json, Media::GraphqlResponse];

impl Media {
    /// The type without parameters.
    const fn name(self) -> &'static str {
        match self {
            Media::Json => "application/json",
            Media::GraphqlResponse => "application/graphql-response+json",
        }
    }

    /// As `Content-Type` gives it.
    pub const fn content_type(self) -> &'static str {
        match self {
            Media::Json => "application/json; charset=utf-8",
            Media::GraphqlResponse => "application/graphql-response+json; charset=utf-8",
        }
    }

    /// Chooses by `Accept` (RFC 9110, 12.5.1): the heaviest offer, then the one that is named more exactly, then the one
    /// named earlier. No header, or an empty one: `application/json`, what clients older than the other type expect.
    /// `None`: neither is acceptable.
    pub fn negotiate(accept: Option<&str>) -> Option<Media> {
        let Some(accept) = accept.filter(|text| !text.trim().is_empty()) else { return Some(Media::Json) };
        let ranges: Vec<Range<'_>> = accept.split(',').filter_map(Range::read).collect();
        let choices = OFFERS.into_iter().filter_map(|media| media.choice(&ranges).map(|choice| (choice, media)));
        // `reduce` keeps the earlier offer where everything is equal: one wildcard for both.
        choices.reduce(|best, next| if next.0 > best.0 { next } else { best }).map(|(_, media)| media)
    }

    /// How much this offer is wanted: weight, exactness, and how early it is named. The most exact range decides.
    fn choice(self, ranges: &[Range<'_>]) -> Option<(u16, u8, std::cmp::Reverse<usize>)> {
        let matching = ranges.iter().enumerate().filter(|(_, range)| range.matches(self));
        let decisive = matching.max_by_key(|(index, range)| (range.exactness(), std::cmp::Reverse(*index)));
        let (index, range) = decisive?;
        (range.weight > 0).then_some((range.weight, range.exactness(), std::cmp::Reverse(index)))
    }
}

/// One range of `Accept`.
struct Range<'a> {
    name: &'a str,
    /// Thousandths.
    weight: u16,
}

impl<'a> Range<'a> {
    /// `None`: not legible, or for another charset than ours.
    fn read(text: &'a str) -> Option<Self> {
        let mut parts = text.split(';').map(str::trim);
        let name = parts.next().filter(|name| name.contains('/'))?;
        let mut weight = 1000;
        for parameter in parts {
            match parameter.split_once('=').map(|(name, value)| (name.trim(), value.trim())) {
                Some((name, value)) if name.eq_ignore_ascii_case("q") => weight = thousandths(value)?,
                Some((name, value)) if name.eq_ignore_ascii_case("charset") && !is_utf8(value) => return None,
                _ => {}
            }
        }
        Some(Self { name, weight })
    }

    fn matches(&self, media: Media) -> bool {
        self.exactness() < 2 || self.name.eq_ignore_ascii_case(media.name())
    }

    fn exactness(&self) -> u8 {
        match self.name {
            "*/*" => 0,
            name if name.eq_ignore_ascii_case("application/*") => 1,
            _ => 2,
        }
    }
}

fn thousandths(text: &str) -> Option<u16> {
    let weight: f32 = text.parse().ok()?;
    (0.0..=1.0).contains(&weight).then_some((weight * 1000.0) as u16)
}

fn is_utf8(charset: &str) -> bool {
    let charset = charset.trim_matches('"');
    charset.eq_ignore_ascii_case("utf-8") || charset.eq_ignore_ascii_case("utf8")
}

/// Whether a `Content-Type` is `application/json` in UTF-8, the only body that is read. Other parameters say nothing.
pub(super) fn is_json(content_type: Option<&str>) -> bool {
    let mut parts = content_type.unwrap_or_default().split(';').map(str::trim);
    let json = parts.next().is_some_and(|name| name.eq_ignore_ascii_case("application/json"));
    json && parts.all(|parameter| match parameter.split_once('=') {
        Some((name, value)) if name.trim().eq_ignore_ascii_case("charset") => is_utf8(value.trim()),
        _ => true,
    })
}

#[cfg(test)]
mod tests {
    use super::Media::{self, GraphqlResponse, Json};
    use super::is_json;

    #[test]
    fn answers_are_negotiated() {
        for (accept, expected) in [
            (None, Some(Json)),
            (Some(""), Some(Json)),
            (Some("*/*"), Some(Json)),
            (Some("application/*"), Some(Json)),
            (Some("application/json"), Some(Json)),
            (Some("APPLICATION/JSON"), Some(Json)),
            (Some("application/json; charset=UTF-8"), Some(Json)),
            (Some("application/json; charset=utf-16"), None),
            (Some("application/graphql-response+json"), Some(GraphqlResponse)),
            (Some("application/graphql-response+json, application/json"), Some(GraphqlResponse)),
            (Some("application/json, application/graphql-response+json"), Some(Json)),
            (Some("application/graphql-response+json;q=0.5, application/json;q=0.9"), Some(Json)),
            (Some("application/json;q=0.5, application/graphql-response+json;q=0.9"), Some(GraphqlResponse)),
            (Some("application/graphql-response+json, */*"), Some(GraphqlResponse)),
            (Some("application/graphql-response+json;q=0.8, */*"), Some(Json)),
            (Some("application/json;q=0, */*"), Some(GraphqlResponse)),
            (Some("application/json;q=0, application/graphql-response+json;q=0"), None),
            (Some("*/*;q=0"), None),
            (Some("*/*;q=0, application/json"), Some(Json)),
            (Some("text/html, application/xhtml+xml, */*;q=0.8"), Some(Json)),
            (Some("text/html"), None),
            (Some("image/*"), None),
            (Some("application/json;q=2"), None),
            (Some("application/json;q=nan, application/*;q=0.1"), Some(Json)),
            (Some(",;,q=1,*"), None),
        ] {
            assert_eq!(Media::negotiate(accept), expected, "{accept:?}");
        }
    }

    #[test]
    fn only_json_in_utf8_is_read() {
        for (content_type, expected) in [
            ("application/json", true),
            ("Application/JSON", true),
            ("application/json; charset=utf-8", true),
            ("application/json;charset=\"UTF-8\"", true),
            ("application/json; charset=iso-8859-1", false),
            ("application/json; profile=x", true),
            ("application/graphql", false),
            ("application/graphql-response+json", false),
            ("text/plain", false),
            ("multipart/form-data; boundary=x", false),
            ("application/x-www-form-urlencoded", false),
            ("text/plain; application/json", false),
            ("", false),
        ] {
            assert_eq!(is_json(Some(content_type)), expected, "{content_type:?}");
        }
        assert!(!is_json(None));
    }
}
