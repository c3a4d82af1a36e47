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

/// A value of an object as of a day: that of its version in force, else its own.
macro_rules! as_of {
    ($value:literal, $alias:literal, $versions:literal, $of:literal, $day:literal) => {
        concat!(
            "COALESCE((SELECT v.",
            $value,
            " FROM ",
            $versions,
            " v WHERE v.",
            $of,
            " = ",
            $alias,
            ".id AND ",
            in_force!("v", $day),
            " ORDER BY v.valid_from DESC LIMIT 1), ",
            $alias,
            ".",
            $value,
            ")"
        )
    };
}

/// What the secretariats do for the policies, as a table `told`.
macro_rules! coverage {
    ($day:literal) => {
        concat!(
            "WITH policy AS MATERIALIZED (SELECT q.id FROM requirement q JOIN framework_edition e ON e.id = \
            q.framework_edition_id JOIN framework w ON w.id = e.framework_id WHERE w.slug = 'MIPG' AND q.kind = 2 AND ",
            in_force!("q", $day),
            "), done AS (SELECT a.organization_id, a.requirement_id, min(a.role) AS role FROM alignment a JOIN policy ON \
            policy.id = a.requirement_id WHERE ",
            in_force!("a", $day),
            " GROUP BY a.organization_id, a.requirement_id), met AS (SELECT organization_id, count(CASE WHEN role = 1 THEN 1 \
            END) AS led, count(*) AS served FROM done GROUP BY organization_id), described AS (SELECT v.organization_id, \
            count(*) AS processes, count(CASE WHEN NOT EXISTS (SELECT 1 FROM alignment a WHERE a.process_id = v.process_id \
            AND ",
            in_force!("a", $day),
            ") THEN 1 END) AS bare FROM process_version v JOIN process p ON p.id = v.process_id WHERE p.level = 2 AND \
            v.stage = 3 AND ",
            in_force!("v", $day),
            " GROUP BY v.organization_id), told AS (SELECT o.name, COALESCE(m.led, 0) AS led, COALESCE(m.served, 0) AS served, \
            COALESCE(d.processes, 0) AS processes, COALESCE(d.bare, 0) AS bare, (SELECT count(*) FROM policy) AS policies \
            FROM organization o LEFT JOIN met m ON m.organization_id = o.id LEFT JOIN described d ON d.organization_id = o.id \
            WHERE o.kind = 2 ORDER BY o.name_key, o.id LIMIT 97)"
        )
    };
}

/// What the secretariats do with the macroprocesses of the reference, as a table `told`.
macro_rules! comparison {
    ($day:literal) => {
        concat!(
            "WITH macro AS MATERIALIZED (SELECT n.id FROM reference_map g JOIN reference_process n ON n.reference_map_id = g.id \
            WHERE n.level = 1 AND ",
            in_force!("g", $day),
            "), said AS (SELECT e.organization_id, e.reference_process_id, min(2 * e.status + CASE WHEN e.justification IS NULL \
            THEN 1 ELSE 0 END) AS best FROM reference_adoption e JOIN macro ON macro.id = e.reference_process_id WHERE ",
            in_force!("e", $day),
            " GROUP BY e.organization_id, e.reference_process_id), met AS (SELECT organization_id, count(CASE WHEN best IN (2, \
            3) THEN 1 END) AS adopted, count(CASE WHEN best IN (4, 5) THEN 1 END) AS adapted, count(CASE WHEN best IN (6, 7) \
            THEN 1 END) AS merged, count(CASE WHEN best = 8 THEN 1 END) AS justified FROM said GROUP BY organization_id), \
            own AS (SELECT e.organization_id, count(*) AS own FROM reference_adoption e WHERE e.status = 5 AND ",
            in_force!("e", $day),
            " GROUP BY e.organization_id), told AS (SELECT o.name, COALESCE(m.adopted, 0) AS adopted, COALESCE(m.adapted, 0) AS \
            adapted, COALESCE(m.merged, 0) AS merged, COALESCE(m.justified, 0) AS justified, COALESCE(w.own, 0) AS own, \
            r.reference, r.reference - COALESCE(m.adopted + m.adapted + m.merged, 0) AS absent FROM organization o CROSS JOIN \
            (SELECT count(*) AS reference FROM macro) r LEFT JOIN met m ON m.organization_id = o.id LEFT JOIN own w ON \
            w.organization_id = o.id WHERE o.kind = 2 ORDER BY o.name_key, o.id LIMIT 97)"
        )
    };
}

/// The processes that lead what stands under a requirement, who leads them, and the units right below, as a table `hit`.
macro_rules! trace {
    ($id:literal, $day:literal) => {
        concat!(
            "WITH asked AS (SELECT c.id FROM requirement c WHERE c.parent_id = ",
            $id,
            " AND ",
            in_force!("c", $day),
            "), process AS MATERIALIZED (SELECT DISTINCT a.process_id AS id FROM asked JOIN alignment a ON a.requirement_id = \
            asked.id WHERE a.process_id IS NOT NULL AND a.role = 1 AND ",
            in_force!("a", $day),
            "), lead AS MATERIALIZED (SELECT DISTINCT r.org_unit_id AS id FROM process p JOIN process_responsibility r ON \
            r.process_id = p.id WHERE r.role = 1 AND ",
            in_force!("r", $day),
            "), below AS (SELECT DISTINCT c.org_unit_id AS id FROM lead l JOIN unit_version u ON u.org_unit_id = l.id AND ",
            in_force!("u", $day),
            " JOIN unit_version c ON c.parent_id = u.id AND ",
            in_force!("c", $day),
            "), hit AS (SELECT 2 AS depth FROM process UNION ALL SELECT 3 FROM lead UNION ALL SELECT 4 FROM below WHERE id NOT \
            IN (SELECT id FROM lead))"
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
    Case {
        name: "a whole map",
        document: "query($id: ID!) { organization(id: $id) { name processes(first: 100, orderBy: [{ field: CODE }]) { nodes { \
            code name responsibilities(first: 10) { nodes { validFrom unit { name } } } alignments(first: 10) { nodes { \
            validFrom requirement { name parent { name } } } } } } } }",
        id: Some("large"),
        bound: &[Bound::Id, Bound::Today],
        postgres: concat!(
            "SELECT row_to_json(r)::text FROM (SELECT (SELECT row_to_json(x) FROM (SELECT o.name, (SELECT row_to_json(pc) FROM \
            (SELECT (SELECT coalesce(json_agg(px), '[]') FROM (SELECT p.code, p.name, (SELECT row_to_json(rc) FROM (SELECT \
            (SELECT coalesce(json_agg(rx), '[]') FROM (SELECT r.valid_from AS \"validFrom\", (SELECT row_to_json(ux) FROM (SELECT ",
            as_of!("name", "u", "unit_version", "org_unit_id", "$2"),
            " AS name FROM org_unit u WHERE u.id = r.org_unit_id) ux) AS unit FROM process_responsibility r WHERE \
            r.process_id = p.id AND ",
            in_force!("r", "$2"),
            " ORDER BY r.role, r.valid_from, r.id LIMIT 10) rx) AS nodes) rc) AS responsibilities, (SELECT row_to_json(ac) FROM \
            (SELECT (SELECT coalesce(json_agg(ax), '[]') FROM (SELECT a.valid_from AS \"validFrom\", (SELECT row_to_json(qx) \
            FROM (SELECT q.name, (SELECT row_to_json(dx) FROM (SELECT d.name FROM requirement d WHERE d.id = q.parent_id) dx) \
            AS parent FROM requirement q WHERE q.id = a.requirement_id) qx) AS requirement FROM alignment a WHERE \
            a.process_id = p.id AND ",
            in_force!("a", "$2"),
            " ORDER BY a.role, a.valid_from, a.id LIMIT 10) ax) AS nodes) ac) AS alignments FROM (SELECT p.id, ",
            as_of!("code", "p", "process_version", "process_id", "$2"),
            " AS code, ",
            as_of!("name", "p", "process_version", "process_id", "$2"),
            " AS name FROM process p WHERE p.organization_id = o.id ORDER BY 2, 1 LIMIT 100) p) px) AS nodes) pc) AS processes \
            FROM organization o WHERE o.id = $1) x) AS organization) r"
        ),
        sqlite: concat!(
            "SELECT json_object('organization', (SELECT json_object('name', o.name, 'processes', json_object('nodes', (SELECT \
            json_group_array(json_object('code', p.code, 'name', p.name, 'responsibilities', json_object('nodes', (SELECT \
            json_group_array(json_object('validFrom', r.valid_from, 'unit', json_object('name', r.name))) FROM (SELECT \
            r.valid_from, ",
            as_of!("name", "u", "unit_version", "org_unit_id", "?2"),
            " AS name FROM process_responsibility r JOIN org_unit u ON u.id = r.org_unit_id WHERE r.process_id = p.id AND ",
            in_force!("r", "?2"),
            " ORDER BY r.role, r.valid_from, r.id LIMIT 10) r)), 'alignments', json_object('nodes', (SELECT \
            json_group_array(json_object('validFrom', a.valid_from, 'requirement', json_object('name', a.name, 'parent', \
            CASE WHEN a.dimension IS NULL THEN NULL ELSE json_object('name', a.dimension) END))) FROM (SELECT a.valid_from, \
            q.name, d.name AS dimension FROM alignment a JOIN requirement q ON q.id = a.requirement_id LEFT JOIN requirement d \
            ON d.id = q.parent_id WHERE a.process_id = p.id AND ",
            in_force!("a", "?2"),
            " ORDER BY a.role, a.valid_from, a.id LIMIT 10) a)))) FROM (SELECT p.id, ",
            as_of!("code", "p", "process_version", "process_id", "?2"),
            " AS code, ",
            as_of!("name", "p", "process_version", "process_id", "?2"),
            " AS name FROM process p WHERE p.organization_id = o.id ORDER BY 2, 1 LIMIT 100) p))) FROM organization o \
            WHERE o.id = ?1))"
        ),
        goal: Some(0.8),
        requests: 20,
    },
    Case {
        name: "coverage of 97",
        document: "{ organizations(first: 97, where: { kind: { eq: EDUCATION_SECRETARIAT } }, orderBy: [{ field: NAME }]) { nodes \
            { name alignmentCoverage { aligned { part whole } contributed notAligned processes processesWithoutAlignment } } } }",
        id: None,
        bound: &[Bound::Today],
        postgres: concat!(
            coverage!("$1"),
            " SELECT row_to_json(r)::text FROM (SELECT (SELECT row_to_json(c) FROM (SELECT (SELECT json_agg(x) FROM (SELECT \
            name, (SELECT row_to_json(y) FROM (SELECT (SELECT row_to_json(z) FROM (SELECT led AS part, policies AS whole) z) AS \
            aligned, served - led AS contributed, policies - served AS \"notAligned\", processes, bare AS \
            \"processesWithoutAlignment\") y) AS \"alignmentCoverage\" FROM told) x) AS nodes) c) AS organizations) r"
        ),
        sqlite: concat!(
            coverage!("?1"),
            " SELECT json_object('organizations', json_object('nodes', (SELECT json_group_array(json_object('name', name, \
            'alignmentCoverage', json_object('aligned', json_object('part', led, 'whole', policies), 'contributed', served - led, \
            'notAligned', policies - served, 'processes', processes, 'processesWithoutAlignment', bare))) FROM told)))"
        ),
        goal: Some(0.8),
        requests: 12,
    },
    Case {
        name: "comparison of 97",
        document: "{ organizations(first: 97, where: { kind: { eq: EDUCATION_SECRETARIAT } }, orderBy: [{ field: NAME }]) { nodes \
            { name referenceComparison { adopted adapted merged absent own reference unjustifiedGaps } } } }",
        id: None,
        bound: &[Bound::Today],
        postgres: concat!(
            comparison!("$1"),
            " SELECT row_to_json(r)::text FROM (SELECT (SELECT row_to_json(c) FROM (SELECT (SELECT json_agg(x) FROM (SELECT \
            name, (SELECT row_to_json(y) FROM (SELECT adopted, adapted, merged, absent, own, reference, absent - justified AS \
            \"unjustifiedGaps\") y) AS \"referenceComparison\" FROM told) x) AS nodes) c) AS organizations) r"
        ),
        sqlite: concat!(
            comparison!("?1"),
            " SELECT json_object('organizations', json_object('nodes', (SELECT json_group_array(json_object('name', name, \
            'referenceComparison', json_object('adopted', adopted, 'adapted', adapted, 'merged', merged, 'absent', absent, \
            'own', own, 'reference', reference, 'unjustifiedGaps', absent - justified))) FROM told)))"
        ),
        goal: Some(0.8),
        requests: 12,
    },
    Case {
        name: "a trace to depth 4",
        document: "query($id: ID!) { trace(id: $id, depth: 4, direction: IN, via: [REQUIREMENT_PART_OF, LEADS_REQUIREMENT, LEADS, \
            UNIT_PART_OF], to: [PROCESS, ORG_UNIT], first: 1000) { count hits { depth } } }",
        id: Some("dimension"),
        bound: &[Bound::Id, Bound::Today],
        postgres: concat!(
            trace!("$1", "$2"),
            " SELECT row_to_json(r)::text FROM (SELECT (SELECT row_to_json(t) FROM (SELECT (SELECT count(*) FROM hit) AS count, \
            (SELECT coalesce(json_agg(h), '[]') FROM (SELECT depth FROM hit ORDER BY depth LIMIT 1000) h) AS hits) t) AS trace) r"
        ),
        sqlite: concat!(
            trace!("?1", "?2"),
            " SELECT json_object('trace', json_object('count', (SELECT count(*) FROM hit), 'hits', (SELECT \
            json_group_array(json_object('depth', depth)) FROM (SELECT depth FROM hit ORDER BY depth LIMIT 1000))))"
        ),
        goal: Some(0.8),
        requests: 12,
    },
];
