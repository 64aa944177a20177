//! What a function could return instead: simple values of a type, as expressions.

use quote::ToTokens;
use syn::{GenericArgument, PathArguments, ReturnType, Type};

/// At most so many for one type: products of tuples and nested options grow.
const MOST: usize = 4;

/// Values of what a function returns; none where none can be written.
pub fn of_return(output: &ReturnType) -> Vec<String> {
    match output {
        ReturnType::Default => vec!["()".into()],
        ReturnType::Type(_, ty) => of(ty),
    }
}

/// Values of a type. Where the type is not a known one its `Default` is tried; the compiler says whether there is one.
fn of(ty: &Type) -> Vec<String> {
    let mut values = match ty {
        Type::Paren(inner) => of(&inner.elem),
        Type::Tuple(tuple) => product(&tuple.elems.iter().map(of).collect::<Vec<_>>()),
        Type::Array(array) => each(&array.elem, |value| format!("core::array::from_fn(|_| {value})")),
        Type::Reference(reference) => of_reference(&reference.elem, reference.mutability.is_some()),
        Type::Path(path) => match path.path.segments.last() {
            Some(last) => of_named(&last.ident.to_string(), &arguments(&last.arguments)),
            None => Vec::new(),
        },
        // An opaque type is one type, and a value of another cannot stand beside the body; `!` has no value.
        _ => Vec::new(),
    };
    values.truncate(MOST);
    values
}

fn of_named(name: &str, arguments: &[Type]) -> Vec<String> {
    let texts = |values: &[&str]| values.iter().map(ToString::to_string).collect();
    let first = |wrap: fn(String) -> String| arguments.first().map(|ty| each(ty, wrap)).unwrap_or_default();
    match name {
        "bool" => texts(&["true", "false"]),
        "u8" | "u16" | "u32" | "u64" | "u128" | "usize" => texts(&["0", "1"]),
        "i8" | "i16" | "i32" | "i64" | "i128" | "isize" => texts(&["0", "1", "-1"]),
        "f32" | "f64" => texts(&["0.0", "1.0", "-1.0"]),
        "Ordering" => {
            texts(&["core::cmp::Ordering::Less", "core::cmp::Ordering::Equal", "core::cmp::Ordering::Greater"])
        }
        "BigUint" | "BigInt" => texts(&["Default::default()", "1u8.into()"]),
        "String" => texts(&["alloc::string::String::new()", "alloc::string::String::from(\"xyzzy\")"]),
        "Vec" => with("alloc::vec::Vec::new()", first(|value| format!("alloc::vec![{value}]"))),
        "Option" => with("None", first(|value| format!("Some({value})"))),
        "Result" => first(|value| format!("Ok({value})")),
        "Box" => first(|value| format!("alloc::boxed::Box::new({value})")),
        "Cow" => each(&arguments.last().cloned().unwrap_or(Type::Verbatim(Default::default())), |value| {
            format!("alloc::borrow::Cow::Owned({value}.to_owned())")
        }),
        _ => texts(&["Default::default()"]),
    }
}

fn of_reference(ty: &Type, mutable: bool) -> Vec<String> {
    let text = ty.to_token_stream().to_string();
    match ty {
        _ if text == "str" => vec!["\"\"".into(), "\"xyzzy\"".into()],
        Type::Slice(_) if mutable => vec!["&mut []".into()],
        Type::Slice(slice) => {
            with("&[]", each(&slice.elem, |value| format!("alloc::vec::Vec::leak(alloc::vec![{value}])")))
        }
        _ => each(ty, |value| format!("alloc::boxed::Box::leak(alloc::boxed::Box::new({value}))")),
    }
}

fn arguments(arguments: &PathArguments) -> Vec<Type> {
    let PathArguments::AngleBracketed(list) = arguments else { return Vec::new() };
    let types = list.args.iter().filter_map(|argument| match argument {
        GenericArgument::Type(ty) => Some(ty.clone()),
        _ => None,
    });
    types.collect()
}

fn each(ty: &Type, wrap: impl Fn(String) -> String) -> Vec<String> {
    of(ty).into_iter().map(wrap).collect()
}

fn with(first: &str, mut rest: Vec<String>) -> Vec<String> {
    rest.insert(0, first.into());
    rest
}

/// Every tuple of one value of each.
fn product(parts: &[Vec<String>]) -> Vec<String> {
    let empty = vec![Vec::new()];
    let tuples = parts.iter().fold(empty, |tuples: Vec<Vec<String>>, part| {
        let longer = |tuple: &Vec<String>| {
            let tuple = tuple.clone();
            part.iter().map(move |value| [tuple.as_slice(), std::slice::from_ref(value)].concat()).collect::<Vec<_>>()
        };
        tuples.iter().flat_map(longer).collect()
    });
    let written = |tuple: &Vec<String>| match tuple.as_slice() {
        [one] => format!("({one},)"),
        several => format!("({})", several.join(", ")),
    };
    tuples.iter().map(written).collect()
}
