//! Who keeps an organization's members, and whether somebody still does: read once as data, judged by pure functions.

use chrono::NaiveDate;
use entity::{Interval, access::Role, organization::OrganizationKind};

use super::{
    account::KEY_ISSUER,
    rules::{RULES, name},
};
use crate::reader::arguments::parse_date;

/// Roles without whose holders an organization could not help itself.
pub const ADMINISTRATORS: [Role; 2] = [Role::OrganizationAdmin, Role::NationalAdmin];

/// SQL for the grants of an organization's administrators that count: one a line, `own` or `other`, the role's number,
/// first day, day after the last.
macro_rules! roster {
    ($organization:literal, $own:literal) => {
        concat!(
            "(SELECT string_agg(CASE WHEN ",
            $own,
            " THEN 'own ' ELSE 'other ' END || CAST(g.role AS TEXT) || ' ' || CAST(g.valid_from AS TEXT) || ' ' \
             || COALESCE(CAST(g.valid_to AS TEXT), ''), '\n') \
             FROM access_grant g \
             JOIN member w ON w.organization_id = g.organization_id AND w.account_id = g.account_id \
             JOIN account c ON c.id = g.account_id \
             WHERE g.organization_id = ",
            $organization,
            " AND g.role IN (1, 10) AND g.scope_unit_id IS NULL AND w.state = 2 AND NOT c.suspended)"
        )
    };
}
pub(crate) use roster;

/// A grant that makes somebody an administrator.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Administrator {
    /// Is it the one that the act would take away?
    pub own: bool,
    /// Which of [`ADMINISTRATORS`].
    pub role: Role,
    /// When it holds.
    pub days: Interval,
}

/// Reads what [`roster`] selected.
pub fn administrators(lines: Option<&str>) -> Vec<Administrator> {
    let administrator = |line: &str| {
        let mut words = line.split(' ');
        let own = words.next()? == "own";
        let role = Role::from_number(words.next()?.parse().ok()?)?;
        let days = Interval::new(parse_date(words.next()?)?, words.next().and_then(parse_date))?;
        Some(Administrator { own, role, days })
    };
    lines.unwrap_or_default().lines().filter_map(administrator).collect()
}

/// Has the organization somebody with this role on a day?
pub fn has_administrator(administrators: &[Administrator], role: Role, day: NaiveDate) -> bool {
    administrators.iter().any(|it| it.role == role && it.days.contains(day))
}

/// Would nobody be left with a role on a day, when the own ones go?
pub fn is_last(administrators: &[Administrator], day: NaiveDate) -> bool {
    ADMINISTRATORS.iter().any(|role| {
        let (own, others): (Vec<_>, Vec<_>) = administrators.iter().partition(|it| it.own);
        has_administrator(&own, *role, day) && !has_administrator(&others, *role, day)
    })
}

/// Would nobody be left with a role on any day from this one on, whenever the own ones went?
pub fn is_last_ever(administrators: &[Administrator], today: NaiveDate) -> bool {
    let turns = administrators.iter().flat_map(|it| [Some(it.days.from()), it.days.to()]).flatten();
    let mut days = turns.filter(|day| *day > today).chain([today, NaiveDate::MAX]);
    days.all(|day| is_last(administrators, day))
}

/// Does a role hold in such an organization, for an account of such an issuer? A key does what SERVICE does and no more.
pub fn fits(role: Role, kind: OrganizationKind, issuer: &str) -> bool {
    let there = match role {
        Role::SfiMonitor | Role::NationalAdmin => kind == OrganizationKind::Ministry,
        Role::PartnerAnalyst => kind != OrganizationKind::EducationSecretariat,
        Role::Public => false,
        _ => true,
    };
    there && (role == Role::Service || issuer != KEY_ISSUER)
}

/// The roles that cannot be limited to a unit and can be given.
pub fn without_scope() -> Vec<&'static str> {
    let roles = RULES.iter().map(|rule| rule.role).filter(|role| *role != Role::Public && !takes_scope(*role));
    roles.map(name).collect()
}

/// May a role be limited to a unit? Those that keep members or read every organization may not.
pub fn takes_scope(role: Role) -> bool {
    !matches!(
        role,
        Role::OrganizationAdmin | Role::NationalAdmin | Role::SfiMonitor | Role::PartnerAnalyst | Role::Public
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a date")
    }

    #[test]
    fn the_roster_is_read_as_it_is_selected() {
        let read =
            administrators(Some("own 1 2020-01-01 \nother 10 2020-01-01 2021-01-01\nother 1 2022-01-01 2022-01-01"));
        assert_eq!(read.len(), 2, "what holds on no day is nobody");
        assert!(read[0].own && read[0].role == Role::OrganizationAdmin);
        assert_eq!(read[1].days.to(), Some(day("2021-01-01")));
        assert!(administrators(None).is_empty());
    }

    #[test]
    fn the_last_one_is_the_last_one_on_a_day() {
        let on = |text: &str, at: &str| is_last(&administrators(Some(text)), day(at));
        assert!(on("own 1 2020-01-01 ", "2026-01-01"));
        assert!(!on("own 1 2020-01-01 ", "2019-12-31"), "he is not there yet");
        assert!(!on("own 1 2020-01-01 \nother 1 2020-01-01 ", "2026-01-01"));
        assert!(on("own 1 2020-01-01 \nother 1 2020-01-01 2026-01-01", "2026-01-01"), "the other has gone");
        assert!(on("own 1 2020-01-01 \nother 10 2020-01-01 ", "2026-01-01"), "another role is no stand-in");
        assert!(on("own 10 2020-01-01 \nother 1 2020-01-01 ", "2026-01-01"));
        assert!(!on("other 1 2020-01-01 ", "2026-01-01"));
    }

    #[test]
    fn the_last_one_for_ever_is_the_last_one_on_every_day() {
        let on = |text: &str| is_last_ever(&administrators(Some(text)), day("2026-01-01"));
        assert!(on("own 1 2020-01-01 ") && on("own 1 2020-01-01 \nother 1 2020-01-01 2026-01-01"));
        assert!(!on("own 1 2020-01-01 2027-01-01"), "his time ends anyway");
        assert!(!on("own 1 2020-01-01 \nother 1 2027-01-01 2027-01-02"), "there is a day on which he may go");
        assert!(!on("own 1 2020-01-01 \nother 1 2020-01-01 "));
    }

    #[test]
    fn a_role_holds_where_it_belongs() {
        use OrganizationKind::{EducationSecretariat, Ministry, Partner};
        for (role, kind, issuer, expected) in [
            (Role::SfiMonitor, Ministry, "x", true),
            (Role::SfiMonitor, EducationSecretariat, "x", false),
            (Role::NationalAdmin, Partner, "x", false),
            (Role::PartnerAnalyst, Partner, "x", true),
            (Role::PartnerAnalyst, EducationSecretariat, "x", false),
            (Role::QualityLeader, EducationSecretariat, "x", true),
            (Role::QualityLeader, EducationSecretariat, KEY_ISSUER, false),
            (Role::Service, EducationSecretariat, KEY_ISSUER, true),
            (Role::Public, Ministry, "x", false),
        ] {
            assert_eq!(fits(role, kind, issuer), expected, "{role:?} {kind:?} {issuer}");
        }
    }
}
