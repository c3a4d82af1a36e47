//! The inputs that follow from declarations: filters, orders, groups, lookups, paging.

use async_graphql::registry::{MetaEnumValue, MetaInputValue, MetaType, Registry};
use entity::Vocabulary;

use super::{
    bridge::{Arguments, input},
    declaration::{Declaration, Member, Scalar, Source},
    scalars::SCALARS,
};
use crate::reader::listing;

/// Enters what all entities share: scalars, vocabularies, the filters of scalars, the direction of an order.
pub fn register(registry: &mut Registry) {
    for scalar in SCALARS {
        registry.types.insert(scalar.name.to_owned(), scalar_type(scalar.name, scalar.description));
    }
    for (name, about) in [
        ("ID", "Identificador. Opaque: what it looks like inside may change, what it names does not."),
        ("String", "Texto. Unicode in NFC."),
        ("Int", "Entero. A whole number within 32 bits."),
        ("Boolean", "Verdadero o falso. `true` or `false`."),
        ("Float", "Decimal aproximado. A number with double precision; not used for money."),
    ] {
        registry.types.insert(name.to_owned(), scalar_type(name, about));
    }
    for vocabulary in entity::VOCABULARIES {
        vocabulary_type(registry, vocabulary);
        let about = format!("Filtro. Compares a {}.", vocabulary.name);
        filter(
            registry,
            &filter_name(Scalar::Enum(vocabulary), false),
            vocabulary.name,
            &about,
            &["eq", "ne", "in", "notIn", "isNull"],
        );
    }
    enumeration(
        registry,
        "OrderDirection",
        "Sentido. From the least up or from the greatest down; a missing value counts as the greatest.",
        [("ASC", "Ascendente. The least first."), ("DESC", "Descendente. The greatest first.")].map(owned),
    );
    const EXACT: &[&str] = &["eq", "ne", "in", "notIn", "isNull"];
    const ORDERED: &[&str] = &["eq", "ne", "in", "notIn", "lt", "lte", "gt", "gte", "isNull"];
    const TEXT: &[&str] = &["eq", "ne", "in", "notIn", "contains", "startsWith", "isNull"];
    filter(registry, "IDFilter", "ID", "Filtro de identificadores. Compares an id.", EXACT);
    filter(registry, "StringFilter", "String", "Filtro de códigos. Compares a text exactly, byte by byte.", ORDERED);
    filter(registry, "TextFilter", "String", "Filtro de texto. Compares a text without accents and case.", TEXT);
    filter(registry, "URLFilter", "URL", "Filtro de direcciones. Compares an address exactly.", EXACT);
    filter(registry, "IntFilter", "Int", "Filtro de enteros. Compares a whole number.", ORDERED);
    filter(registry, "BigIntFilter", "BigInt", "Filtro de enteros grandes. Compares a whole number.", ORDERED);
    filter(
        registry,
        "DecimalFilter",
        "Decimal",
        "Filtro de decimales. Compares a number with at most two decimals.",
        ORDERED,
    );
    filter(registry, "BooleanFilter", "Boolean", "Filtro lógico. Compares a truth value.", &["eq", "isNull"]);
    filter(registry, "DateFilter", "Date", "Filtro de fechas. Compares a civil date.", ORDERED);
    filter(registry, "DateTimeFilter", "DateTime", "Filtro de instantes. Compares an instant.", ORDERED);
}

fn owned((name, about): (&'static str, &'static str)) -> (String, String) {
    (name.to_owned(), about.to_owned())
}

/// The name of the filter of a scalar; texts that are searched have one of their own.
fn filter_name(scalar: Scalar, folded: bool) -> String {
    match scalar {
        Scalar::Text if folded => "TextFilter".to_owned(),
        Scalar::Enum(vocabulary) => format!("{}Filter", vocabulary.name),
        scalar => format!("{}Filter", scalar.graphql()),
    }
}

fn filter(registry: &mut Registry, name: &str, ty: &str, description: &str, operators: &[&str]) {
    let fields = operators.iter().map(|operator| {
        let (ty, about) = match *operator {
            "eq" => (ty.to_owned(), "Igual a. Equal to this."),
            "ne" => (ty.to_owned(), "Distinto de. Not equal to this; a missing value is not equal to anything."),
            "in" => (format!("[{ty}!]"), "Uno de. Equal to one of these."),
            "notIn" => (format!("[{ty}!]"), "Ninguno de. Equal to none of these."),
            "lt" => (ty.to_owned(), "Menor que. Less than this."),
            "lte" => (ty.to_owned(), "Menor o igual. Less than or equal to this."),
            "gt" => (ty.to_owned(), "Mayor que. Greater than this."),
            "gte" => (ty.to_owned(), "Mayor o igual. Greater than or equal to this."),
            "contains" => (ty.to_owned(), "Contiene. Has this somewhere in it."),
            "startsWith" => (ty.to_owned(), "Empieza por. Starts with this."),
            _ => ("Boolean".to_owned(), "Sin valor. True: has no value; false: has one."),
        };
        input(operator, &ty, about)
    });
    input_object(registry, name, description, fields.collect(), false);
}

/// Enters the `where`, `orderBy`, `by` and group inputs of an entity.
pub fn entity(registry: &mut Registry, declaration: &'static Declaration) {
    let name = declaration.name;
    let condition = format!("{name}Where");
    let mut fields = vec![
        input("and", &format!("[{condition}!]"), "Y. All of these hold."),
        input("or", &format!("[{condition}!]"), "O. At least one of these holds."),
        input("not", &condition, "No. This does not hold."),
    ];
    fields.extend(declaration.members.iter().filter_map(|member| condition_field(registry, member)));
    let about = format!("Filtro. Which {name} are meant; several fields must all hold.");
    input_object(registry, &condition, &about, fields, false);
    let about = format!("Condición sobre una lista. How many related {name} must fulfil a condition.");
    let quantifiers = [
        ("some", "Alguno. At least one related row fulfils it."),
        ("every", "Todos. Each related row fulfils it; true when there is none."),
        ("none", "Ninguno. No related row fulfils it."),
    ];
    let quantifiers = quantifiers.map(|(word, about)| input(word, &condition, about));
    input_object(registry, &format!("{name}ListWhere"), &about, quantifiers.into(), false);
    keys(registry, declaration, "OrderField", "Clave de orden. What {} can be ordered by.", |member| member.order);
    if !listing::paths(declaration, |member| member.order).is_empty() {
        let fields = vec![
            input("field", &format!("{name}OrderField!"), "Clave. What to order by."),
            input("direction", "OrderDirection", "Sentido. ASC when not given."),
        ];
        input_object(
            registry,
            &format!("{name}Order"),
            &format!("Orden. One key of an order of {name}."),
            fields,
            false,
        );
    }
    keys(registry, declaration, "GroupField", "Clave de agrupación. What {} can be counted by.", |member| {
        member.group
    });
    if !declaration.lookups.is_empty() {
        let fields = declaration.lookups.iter().map(|lookup| {
            let ty = lookup.through.map_or("String".to_owned(), |through| format!("{}By", through.name));
            input(lookup.name, &ty, lookup.description)
        });
        let about = format!("Clave natural. Exactly one way to name a {name} without its id.");
        input_object(registry, &format!("{name}By"), &about, fields.collect(), true);
    }
}

fn condition_field(registry: &Registry, member: &'static Member) -> Option<MetaInputValue> {
    let ty = match &member.source {
        Source::Column(_, scalar) if member.filter => filter_name(*scalar, member.folded.is_some()),
        Source::One(edge) if edge.filter => format!("{}Where", edge.target.name),
        Source::Many(edge, _) if edge.filter => format!("{}ListWhere", edge.target.name),
        _ => return None,
    };
    debug_assert!(ty.ends_with("Where") || registry.types.contains_key(&ty), "{ty} is not registered");
    Some(input(member.name, &ty, member.description))
}

fn keys(
    registry: &mut Registry,
    declaration: &'static Declaration,
    suffix: &str,
    about: &str,
    marked: fn(&Member) -> bool,
) {
    let values: Vec<_> = listing::paths(declaration, marked)
        .into_iter()
        .map(|(name, path)| (name, path.member.description.to_owned()))
        .collect();
    if !values.is_empty() {
        let name = format!("{}{suffix}", declaration.name);
        enumeration(registry, &name, &about.replace("{}", declaration.name), values);
    }
}

/// The arguments of a connection.
pub fn listing_arguments(declaration: &'static Declaration) -> Arguments {
    let name = declaration.name;
    let mut arguments = vec![input("where", &format!("{name}Where"), "Filtro. Only rows that fulfil this.")];
    if !listing::paths(declaration, |member| member.order).is_empty() {
        let about = "Orden. At most 5 keys, the first decides first; ties are broken by id.";
        arguments.push(input("orderBy", &format!("[{name}Order!]"), about));
    }
    arguments.push(input(
        "first",
        "Int",
        "Primeros. How many rows from the start, 1 to 100; one of `first` and `last` is required.",
    ));
    arguments.push(input("after", "String", "Después de. Only rows after this cursor."));
    arguments.push(input("last", "Int", "Últimos. How many rows from the end, 1 to 100."));
    arguments.push(input("before", "String", "Antes de. Only rows before this cursor."));
    arguments.into_iter().map(|argument| (argument.name.clone(), argument)).collect()
}

fn scalar_type(name: &str, description: &str) -> MetaType {
    MetaType::Scalar {
        name: name.to_owned(),
        description: Some(description.to_owned()),
        is_valid: None,
        visible: None,
        inaccessible: false,
        tags: vec![],
        specified_by_url: None,
        directive_invocations: vec![],
        requires_scopes: vec![],
    }
}

fn vocabulary_type(registry: &mut Registry, vocabulary: &Vocabulary) {
    let terms = vocabulary.terms.iter().map(|term| (term.name.to_owned(), term.description.to_owned()));
    enumeration(registry, vocabulary.name, vocabulary.description, terms);
}

/// Enters an enum.
pub fn enumeration(
    registry: &mut Registry,
    name: &str,
    description: &str,
    values: impl IntoIterator<Item = (String, String)>,
) {
    let values = values.into_iter().map(|(name, description)| {
        let value = MetaEnumValue {
            name: name.clone(),
            description: Some(description),
            deprecation: Default::default(),
            visible: None,
            inaccessible: false,
            tags: vec![],
            directive_invocations: vec![],
        };
        (name, value)
    });
    registry.types.insert(
        name.to_owned(),
        MetaType::Enum {
            name: name.to_owned(),
            description: Some(description.to_owned()),
            enum_values: values.collect(),
            visible: None,
            inaccessible: false,
            tags: vec![],
            rust_typename: None,
            directive_invocations: vec![],
            requires_scopes: vec![],
        },
    );
}

/// Enters an input object.
pub fn input_object(registry: &mut Registry, name: &str, description: &str, fields: Vec<MetaInputValue>, oneof: bool) {
    registry.types.insert(
        name.to_owned(),
        MetaType::InputObject {
            name: name.to_owned(),
            description: Some(description.to_owned()),
            input_fields: fields.into_iter().map(|field| (field.name.clone(), field)).collect(),
            visible: None,
            inaccessible: false,
            tags: vec![],
            rust_typename: None,
            oneof,
            directive_invocations: vec![],
        },
    );
}
