//! What is asked, and how it would be asked by hand: one statement that gives the finished JSON.
//!
//! Ids are left out: their opaque form is not one that either database makes. By hand nothing is asked about who may see
//! what; the account that asks here sees everything, so the rows are the same.

/// The first line of a document that is answered by hand; the number of the case follows.
pub const MARK: &str = "# by hand: ";

/// What `$1` and `$2` of the hand-written statement are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bound {
    /// The key in the variable `id`.
    Id,
    /// Today.
    Today,
}

/// One question.
#[derive(Debug)]
pub struct Case {
    pub name: &'static str,
    pub document: &'static str,
    /// Whose id is `$id`.
    pub id: Option<&'static str>,
    pub bound: &'static [Bound],
    pub postgres: &'static str,
    pub sqlite: &'static str,
    /// How many times by hand it may cost at the most.
    pub goal: Option<f64>,
    /// Requests of one round.
    pub requests: usize,
}

macro_rules! in_force {
    ($alias:literal, $day:literal) => {
        concat!(
            $alias,
            ".valid_from <= ",
            $day,
            " AND (",
            $alias,
            ".valid_to IS NULL OR ",
            $alias,
            ".valid_to > ",
            $day,
            ")"
        )
    };
}

pub const CASES: &[Case] = &[
    Case {
        name: "by id",
        document: "query($id: ID!) { legalAct(id: $id) { number issuer date subject } }",
        id: Some("legalAct"),
        bound: &[Bound::Id],
        postgres: "SELECT row_to_json(r)::text FROM (SELECT (SELECT row_to_json(x) FROM \
            (SELECT number, issuer, date, subject FROM legal_act WHERE id = $1) x) AS \"legalAct\") r",
        sqlite: "SELECT json_object('legalAct', (SELECT json_object('number', number, 'issuer', issuer, 'date', date, \
            'subject', subject) FROM legal_act WHERE id = ?1))",
        goal: Some(1.5),
        requests: 400,
    },
    Case {
        name: "page of 20 with a to-one edge",
        document: "{ organizations(first: 20, orderBy: [{ field: NAME }]) \
            { nodes { name taxId territorialEntity { divipola name } } } }",
        id: None,
        bound: &[],
        postgres: "SELECT row_to_json(r)::text FROM (SELECT (SELECT row_to_json(c) FROM (SELECT (SELECT json_agg(x) FROM \
            (SELECT o.name, o.tax_id AS \"taxId\", (SELECT row_to_json(y) FROM (SELECT t.divipola, t.name FROM \
            territorial_entity t WHERE t.id = o.territorial_entity_id) y) AS \"territorialEntity\" FROM (SELECT name, \
            tax_id, territorial_entity_id FROM organization ORDER BY name_key, id LIMIT 20) o) x) AS nodes) c) \
            AS organizations) r",
        sqlite: "SELECT json_object('organizations', json_object('nodes', (SELECT json_group_array(json_object('name', \
            o.name, 'taxId', o.tax_id, 'territorialEntity', (SELECT json_object('divipola', t.divipola, 'name', t.name) \
            FROM territorial_entity t WHERE t.id = o.territorial_entity_id))) FROM (SELECT name, tax_id, \
            territorial_entity_id FROM organization ORDER BY name_key, id LIMIT 20) o)))",
        goal: Some(0.8),
        requests: 200,
    },
    Case {
        name: "page of 20 inside an organization",
        document: "query($id: ID!) { organization(id: $id) { name posts(first: 20, orderBy: [{ field: VALID_FROM }]) \
            { nodes { validFrom job { grade denomination { code name } } } } } }",
        id: Some("organization"),
        bound: &[Bound::Id, Bound::Today],
        postgres: concat!(
            "SELECT row_to_json(r)::text FROM (SELECT (SELECT row_to_json(x) FROM (SELECT o.name, (SELECT row_to_json(c) \
            FROM (SELECT (SELECT coalesce(json_agg(y), '[]') FROM (SELECT p.valid_from AS \"validFrom\", (SELECT \
            row_to_json(z) FROM (SELECT j.grade, (SELECT row_to_json(v) FROM (SELECT d.code, d.name FROM job_denomination d \
            WHERE d.id = j.job_denomination_id) v) AS denomination FROM job j WHERE j.id = p.job_id) z) AS job FROM (SELECT \
            p.valid_from, p.job_id FROM post p WHERE p.organization_id = o.id AND ",
            in_force!("p", "$2"),
            " ORDER BY p.valid_from, p.id LIMIT 20) p) y) AS nodes) c) AS posts FROM organization o WHERE o.id = $1) x) \
            AS organization) r"
        ),
        sqlite: concat!(
            "SELECT json_object('organization', (SELECT json_object('name', o.name, 'posts', json_object('nodes', (SELECT \
            json_group_array(json_object('validFrom', p.valid_from, 'job', (SELECT json_object('grade', j.grade, \
            'denomination', (SELECT json_object('code', d.code, 'name', d.name) FROM job_denomination d WHERE d.id = \
            j.job_denomination_id)) FROM job j WHERE j.id = p.job_id))) FROM (SELECT p.valid_from, p.job_id FROM post p \
            WHERE p.organization_id = o.id AND ",
            in_force!("p", "?2"),
            " ORDER BY p.valid_from, p.id LIMIT 20) p))) FROM organization o WHERE o.id = ?1))"
        ),
        goal: Some(0.8),
        requests: 200,
    },
    Case {
        name: "three levels",
        document: "{ organizations(first: 12, where: { kind: { eq: EDUCATION_SECRETARIAT } }, orderBy: [{ field: NAME }]) \
            { nodes { name structure { number validFrom units(first: 30, orderBy: [{ field: CODE }]) { nodes { code name depth \
            posts(first: 2) { nodes { validFrom job { grade } } } } } } } } }",
        id: None,
        bound: &[Bound::Today],
        postgres: concat!(
            "SELECT row_to_json(r)::text FROM (SELECT (SELECT row_to_json(c) FROM (SELECT (SELECT json_agg(x) FROM (SELECT \
            o.name, (SELECT row_to_json(s) FROM (SELECT s.number, s.valid_from AS \"validFrom\", (SELECT row_to_json(uc) FROM \
            (SELECT (SELECT coalesce(json_agg(ux), '[]') FROM (SELECT u.code, u.name, u.depth, (SELECT row_to_json(pc) FROM \
            (SELECT (SELECT coalesce(json_agg(px), '[]') FROM (SELECT p.valid_from AS \"validFrom\", (SELECT row_to_json(j) \
            FROM (SELECT j.grade FROM job j WHERE j.id = p.job_id) j) AS job FROM (SELECT p.valid_from, p.job_id FROM post p \
            WHERE p.org_unit_id = u.org_unit_id AND (",
            in_force!("p", "$1"),
            " OR p.valid_from IS NULL AND p.structure_version_id = s.id) ORDER BY p.valid_from, p.id LIMIT 2) p) px) AS nodes) \
            pc) AS posts FROM (SELECT u.code, u.name, u.depth, u.org_unit_id FROM unit_version u WHERE \
            u.structure_version_id = s.id ORDER BY u.code, u.id LIMIT 30) u) ux) AS nodes) uc) AS units FROM \
            structure_version s WHERE s.organization_id = o.id AND ",
            in_force!("s", "$1"),
            ") s) AS structure FROM (SELECT id, name FROM organization WHERE kind = 2 ORDER BY name_key, id LIMIT 12) o) x) \
            AS nodes) c) AS organizations) r"
        ),
        sqlite: concat!(
            "SELECT json_object('organizations', json_object('nodes', (SELECT json_group_array(json_object('name', o.name, \
            'structure', (SELECT json_object('number', s.number, 'validFrom', s.valid_from, 'units', json_object('nodes', \
            (SELECT json_group_array(json_object('code', u.code, 'name', u.name, 'depth', u.depth, 'posts', \
            json_object('nodes', (SELECT json_group_array(json_object('validFrom', p.valid_from, 'job', (SELECT \
            json_object('grade', j.grade) FROM job j WHERE j.id = p.job_id))) FROM (SELECT p.valid_from, p.job_id FROM post p \
            WHERE p.org_unit_id = u.org_unit_id AND (",
            in_force!("p", "?1"),
            " OR p.valid_from IS NULL AND p.structure_version_id = s.id) ORDER BY p.valid_from NULLS LAST, p.id LIMIT 2) p)))) \
            FROM (SELECT u.code, u.name, u.depth, u.org_unit_id FROM unit_version u WHERE u.structure_version_id = s.id \
            ORDER BY u.code, u.id LIMIT 30) u))) FROM structure_version s WHERE s.organization_id = o.id AND ",
            in_force!("s", "?1"),
            "))) FROM (SELECT id, name FROM organization WHERE kind = 2 ORDER BY name_key, id LIMIT 12) o)))"
        ),
        goal: Some(0.8),
        requests: 20,
    },
    Case {
        name: "last 3 of each of 50",
        document: "{ organizations(first: 50, orderBy: [{ field: NAME }]) { nodes { name \
            legalActs(last: 3, orderBy: [{ field: DATE }]) { nodes { number date } } } } }",
        id: None,
        bound: &[],
        postgres: "SELECT row_to_json(r)::text FROM (SELECT (SELECT row_to_json(c) FROM (SELECT (SELECT json_agg(x) FROM (SELECT \
            o.name, (SELECT row_to_json(ac) FROM (SELECT (SELECT coalesce(json_agg(ax), '[]') FROM (SELECT a.number, a.date FROM \
            (SELECT a.number, a.date, a.id FROM legal_act a WHERE a.organization_id = o.id ORDER BY a.date DESC, a.id DESC LIMIT \
            3) a ORDER BY a.date, a.id) ax) AS nodes) ac) AS \"legalActs\" FROM (SELECT id, name FROM organization ORDER BY \
            name_key, id LIMIT 50) o) x) AS nodes) c) AS organizations) r",
        sqlite: "SELECT json_object('organizations', json_object('nodes', (SELECT json_group_array(json_object('name', o.name, \
            'legalActs', json_object('nodes', (SELECT json_group_array(json_object('number', a.number, 'date', a.date)) FROM \
            (SELECT a.number, a.date FROM (SELECT a.number, a.date, a.id FROM legal_act a WHERE a.organization_id = o.id ORDER \
            BY a.date DESC, a.id DESC LIMIT 3) a ORDER BY a.date, a.id) a)))) FROM (SELECT id, name FROM organization ORDER BY \
            name_key, id LIMIT 50) o)))",
        goal: Some(1.0),
        requests: 60,
    },
    Case {
        name: "a whole structure",
        document: "query($id: ID!) { organization(id: $id) { name structure { number tree { code depth name } } } }",
        id: Some("organization"),
        bound: &[Bound::Id, Bound::Today],
        postgres: concat!(
            "SELECT row_to_json(r)::text FROM (SELECT (SELECT row_to_json(x) FROM (SELECT o.name, (SELECT row_to_json(s) FROM \
            (SELECT s.number, (SELECT coalesce(json_agg(u), '[]') FROM (SELECT u.code, u.depth, u.name FROM unit_version u \
            WHERE u.structure_version_id = s.id ORDER BY u.path) u) AS tree FROM structure_version s WHERE \
            s.organization_id = o.id AND ",
            in_force!("s", "$2"),
            ") s) AS structure FROM organization o WHERE o.id = $1) x) AS organization) r"
        ),
        sqlite: concat!(
            "SELECT json_object('organization', (SELECT json_object('name', o.name, 'structure', (SELECT json_object('number', \
            s.number, 'tree', (SELECT json_group_array(json_object('code', u.code, 'depth', u.depth, 'name', u.name)) FROM \
            (SELECT u.code, u.depth, u.name FROM unit_version u WHERE u.structure_version_id = s.id ORDER BY u.path) u)) \
            FROM structure_version s WHERE s.organization_id = o.id AND ",
            in_force!("s", "?2"),
            ")) FROM organization o WHERE o.id = ?1))"
        ),
        goal: None,
        requests: 100,
    },
];
