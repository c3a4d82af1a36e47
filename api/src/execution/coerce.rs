//! Input coercion (specification 6.1.2 and 3.12): variables of a request, arguments of an act.
//!
//! It judges contents too (is it a date?), so that whatever passes can be used as it stands.

use std::collections::BTreeMap;

use async_graphql::{
    parser::types::OperationDefinition,
    registry::{MetaInputValue, MetaType, MetaTypeName},
};
use serde_json::{Map, Value};

use crate::graph::{
    bridge::Arguments,
    error::{ErrorCode, Refusal},
    scalars::SCALARS,
};
use crate::reader::arguments::storable;

/// The types of the schema, by name.
pub type Types = BTreeMap<String, MetaType>;

/// The variables of a request as the operation declares them: checked, defaults applied.
pub fn variables(
    types: &Types,
    operation: &OperationDefinition,
    mut given: Map<String, Value>,
) -> Result<Map<String, Value>, Refusal> {
    let mut coerced = Map::new();
    for definition in &operation.variable_definitions {
        let definition = &definition.node;
        let name = definition.name.node.as_str();
        let ty = definition.var_type.node.to_string();
        let value = match given.remove(name) {
            Some(value) => value,
            None => match &definition.default_value {
                Some(default) => default.node.clone().into_json().unwrap_or_default(),
                None if ty.ends_with('!') => return Err(variable(name, &ErrorCode::Required.into())),
                None => continue,
            },
        };
        let value = self::value(types, &ty, value).map_err(|refusal| variable(name, &refusal))?;
        coerced.insert(name.to_owned(), value);
    }
    Ok(coerced)
}

fn variable(name: &str, refusal: &Refusal) -> Refusal {
    let place = std::iter::once(name).chain(refusal.path.iter().map(String::as_str)).collect::<Vec<_>>().join(".");
    let format = refusal.params.get("format").and_then(Value::as_str).map(|format| format!(": {format}"));
    ErrorCode::VariablesInvalid
        .with("detail", format!("${place}: {}{}", refusal.code.name(), format.unwrap_or_default()))
}

/// The arguments of a field: checked, defaults applied.
pub fn arguments(
    types: &Types,
    declared: &Arguments,
    mut given: Map<String, Value>,
) -> Result<Map<String, Value>, Refusal> {
    let mut coerced = Map::new();
    for (name, argument) in declared {
        if let Some(value) = field(types, argument, given.remove(name))? {
            coerced.insert(name.clone(), value);
        }
    }
    Ok(coerced)
}

fn field(types: &Types, declared: &MetaInputValue, given: Option<Value>) -> Result<Option<Value>, Refusal> {
    let required = declared.ty.ends_with('!');
    match (given, &declared.default_value) {
        (Some(value), _) => value_at(types, &declared.ty, value, &declared.name).map(Some),
        (None, Some(default)) => Ok(serde_json::from_str(default).ok()),
        (None, None) if required => Err(ErrorCode::Required.at([&declared.name])),
        (None, None) => Ok(None),
    }
}

fn value_at(types: &Types, ty: &str, value: Value, name: &str) -> Result<Value, Refusal> {
    self::value(types, ty, value).map_err(|refusal| refusal.within([name]))
}

/// A value as its type wants it.
pub fn value(types: &Types, ty: &str, value: Value) -> Result<Value, Refusal> {
    match (MetaTypeName::create(ty), value) {
        (MetaTypeName::NonNull(_), Value::Null) => Err(ErrorCode::Required.into()),
        (MetaTypeName::NonNull(inner), value) => self::value(types, inner, value),
        (_, Value::Null) => Ok(Value::Null),
        (MetaTypeName::List(inner), Value::Array(items)) => {
            let items = items.into_iter().enumerate();
            items.map(|(at, item)| value_at(types, inner, item, &at.to_string())).collect()
        }
        (MetaTypeName::List(inner), single) => Ok(Value::Array(vec![self::value(types, inner, single)?])),
        (MetaTypeName::Named(name), value) => named(types, name, value),
    }
}

fn named(types: &Types, name: &str, value: Value) -> Result<Value, Refusal> {
    match types.get(name) {
        Some(MetaType::Scalar { .. }) => scalar(name, value),
        Some(MetaType::Enum { enum_values, .. }) => match &value {
            Value::String(word) if enum_values.contains_key(word) => Ok(value),
            _ => Err(ErrorCode::Malformed.with("format", name)),
        },
        Some(MetaType::InputObject { input_fields, oneof, .. }) => object(types, name, input_fields, *oneof, value),
        _ => Err(ErrorCode::InvalidArgument.into()),
    }
}

fn object(types: &Types, name: &str, declared: &Arguments, one: bool, value: Value) -> Result<Value, Refusal> {
    let Value::Object(mut given) = value else { return Err(ErrorCode::Malformed.with("format", name)) };
    if let Some(unknown) = given.keys().find(|key| !declared.contains_key(*key)) {
        return Err(ErrorCode::InvalidArgument.at([unknown]));
    }
    if one && (given.len() != 1 || given.values().any(Value::is_null)) {
        return Err(ErrorCode::InvalidArgument.into());
    }
    let mut coerced = Map::new();
    for (name, argument) in declared {
        if let Some(value) = field(types, argument, given.remove(name))? {
            coerced.insert(name.clone(), value);
        }
    }
    Ok(Value::Object(coerced))
}

fn scalar(name: &str, value: Value) -> Result<Value, Refusal> {
    let fits = match (name, &value) {
        ("Int", Value::Number(number)) => whole(number).is_some_and(|number| i32::try_from(number).is_ok()),
        ("ID", Value::Number(number)) => {
            return whole(number).map(|id| id.to_string().into()).ok_or_else(|| malformed(name));
        }
        ("String" | "ID", Value::String(_)) => storable(&value).is_some(),
        ("Float", Value::Number(_)) | ("Boolean", Value::Bool(_)) => true,
        ("Int" | "ID" | "Float" | "Boolean" | "String", _) => false,
        _ => SCALARS.iter().find(|scalar| scalar.name == name).is_some_and(|scalar| (scalar.accepts)(&value)),
    };
    match value {
        // 3.0 is an Int by the specification; it goes on as 3.
        Value::Number(number) if fits && name == "Int" => Ok(whole(&number).into()),
        value if fits => Ok(value),
        _ => Err(malformed(name)),
    }
}

fn malformed(name: &str) -> Refusal {
    ErrorCode::Malformed.with("format", name)
}

fn whole(number: &serde_json::Number) -> Option<i64> {
    number.as_i64().or_else(|| number.as_f64().filter(|f| f.fract() == 0.0 && f.abs() < 1e15).map(|f| f as i64))
}
