//! Where a file can be broken, and how.

use std::ops::Range;

use quote::ToTokens;
use syn::spanned::Spanned;
use syn::visit::{self, Visit};
use syn::{Arm, Attribute, BinOp, Block, Expr, Pat, Signature, UnOp};

use crate::values;

/// How a mutant gets into the text.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// One expression instead of another.
    Instead,
    /// A return at the start of a function.
    Return,
    /// A guard that no value passes.
    Never,
}

/// A place in a file with the mutants that can stand there.
pub struct Site {
    /// Bytes of the file; empty where a mutant is put in beside the text.
    pub range: Range<usize>,
    pub form: Form,
    /// What stands there instead, and what is said about it.
    pub mutants: Vec<(String, String)>,
}

/// The sites of a file, outer ones before those in them, and the modules that are compiled for tests alone.
#[derive(Default)]
pub struct Found {
    pub sites: Vec<Site>,
    pub test_modules: Vec<String>,
    /// Names of the functions and types around, for what is said.
    around: Vec<String>,
}

/// Reads a file.
pub fn find(text: &str) -> syn::Result<Found> {
    let mut found = Found::default();
    found.visit_file(&syn::parse_file(text)?);
    found.sites.sort_by_key(|site| (site.range.start, usize::MAX - site.range.end));
    Ok(found)
}

impl Found {
    fn push(&mut self, range: Range<usize>, form: Form, mutants: impl IntoIterator<Item = (String, String)>) {
        let around = self.around.last().cloned().unwrap_or_default();
        let mutants: Vec<_> = mutants.into_iter().map(|(text, said)| (text, format!("{said} in {around}"))).collect();
        if !mutants.is_empty() {
            self.sites.push(Site { range, form, mutants });
        }
    }

    /// One function: values instead of its body, and what is in it. A `const` one cannot ask which mutant is on.
    fn function(&mut self, attributes: &[Attribute], signature: &Signature, body: &Block) {
        if signature.constness.is_some() || is_test(attributes) {
            return;
        }
        let name = signature.ident.to_string();
        let name = self.around.last().map_or(name.clone(), |around| format!("{around}::{name}"));
        self.around.push(name);
        let start = body.brace_token.span.open().byte_range().end;
        // The default of a type would call itself.
        if signature.ident != "default" {
            let mutants = values::of_return(&signature.output).into_iter();
            self.push(start..start, Form::Return, mutants.map(|value| (value.clone(), format!("return {value}"))));
        }
        visit::visit_block(self, body);
        self.around.pop();
    }

    fn binary(&mut self, whole: &Expr, left: &Expr, op: &BinOp, right: &Expr) {
        let (left, right) = (left.to_token_stream(), right.to_token_stream());
        let sign = op.to_token_stream().to_string();
        let mutants = instead_of(&sign)
            .iter()
            .map(|other| (format!("({left}) {other} ({right})"), format!("{other} instead of {sign}")))
            .collect::<Vec<_>>();
        self.push(whole.span().byte_range(), Form::Instead, mutants);
    }
}

impl<'ast> Visit<'ast> for Found {
    fn visit_item_mod(&mut self, module: &'ast syn::ItemMod) {
        match (is_test(&module.attrs), &module.content) {
            (true, None) => self.test_modules.push(module.ident.to_string()),
            (true, Some(_)) => {}
            (false, _) => visit::visit_item_mod(self, module),
        }
    }

    fn visit_item_impl(&mut self, block: &'ast syn::ItemImpl) {
        let of = block.trait_.as_ref().and_then(|(_, path, _)| path.segments.last()).map(|last| last.ident.to_string());
        // Words are held by tests that compare whole texts.
        if is_test(&block.attrs) || matches!(of.as_deref(), Some("Debug" | "Display")) {
            return;
        }
        let ty = block.self_ty.to_token_stream().to_string().replace(' ', "");
        self.around.push(of.map_or(ty.clone(), |of| format!("<{ty} as {of}>")));
        visit::visit_item_impl(self, block);
        self.around.pop();
    }

    fn visit_item_fn(&mut self, item: &'ast syn::ItemFn) {
        self.function(&item.attrs, &item.sig, &item.block);
    }

    fn visit_impl_item_fn(&mut self, item: &'ast syn::ImplItemFn) {
        self.function(&item.attrs, &item.sig, &item.block);
    }

    fn visit_trait_item_fn(&mut self, item: &'ast syn::TraitItemFn) {
        if let Some(body) = &item.default {
            self.function(&item.attrs, &item.sig, body);
        }
    }

    fn visit_expr(&mut self, expr: &'ast Expr) {
        match expr {
            Expr::Binary(binary) => self.binary(expr, &binary.left, &binary.op, &binary.right),
            Expr::Unary(unary) if matches!(unary.op, UnOp::Not(_) | UnOp::Neg(_)) => {
                let operand = unary.expr.to_token_stream().to_string();
                let said = format!("no {}", unary.op.to_token_stream());
                self.push(expr.span().byte_range(), Form::Instead, [(operand, said)]);
            }
            Expr::Const(_) => return,
            // The length is a constant.
            Expr::Repeat(repeat) => return self.visit_expr(&repeat.expr),
            _ => {}
        }
        visit::visit_expr(self, expr);
    }

    fn visit_expr_match(&mut self, whole: &'ast syn::ExprMatch) {
        self.visit_expr(&whole.expr);
        let is_any = |arm: &Arm| matches!(arm.pat, Pat::Wild(_)) && arm.guard.is_none();
        let has_any = whole.arms.iter().any(is_any);
        for arm in &whole.arms {
            let said = arm.pat.to_token_stream();
            if let Some((_, guard)) = &arm.guard {
                let mutants = ["true", "false"].map(|value| (value.into(), format!("guard {value} of {said}")));
                self.push(guard.span().byte_range(), Form::Instead, mutants);
                self.visit_expr(guard);
            } else if has_any && !is_any(arm) {
                let end = arm.pat.span().byte_range().end;
                self.push(end..end, Form::Never, [(String::new(), format!("no arm {said}"))]);
            }
            self.visit_expr(&arm.body);
        }
    }

    // Constants know no switch; patterns and types hold nothing else.
    fn visit_item_const(&mut self, _: &'ast syn::ItemConst) {}
    fn visit_impl_item_const(&mut self, _: &'ast syn::ImplItemConst) {}
    fn visit_trait_item_const(&mut self, _: &'ast syn::TraitItemConst) {}
    fn visit_item_static(&mut self, _: &'ast syn::ItemStatic) {}
    fn visit_item_enum(&mut self, _: &'ast syn::ItemEnum) {}
    fn visit_pat(&mut self, _: &'ast Pat) {}
    fn visit_type(&mut self, _: &'ast syn::Type) {}
    fn visit_attribute(&mut self, _: &'ast Attribute) {}
    fn visit_generics(&mut self, _: &'ast syn::Generics) {}
    fn visit_path(&mut self, _: &'ast syn::Path) {}
    fn visit_angle_bracketed_generic_arguments(&mut self, _: &'ast syn::AngleBracketedGenericArguments) {}
}

fn is_test(attributes: &[Attribute]) -> bool {
    let tells = |attribute: &Attribute| {
        matches!(attribute.to_token_stream().to_string().replace(' ', "").as_str(), "#[cfg(test)]" | "#[test]")
    };
    attributes.iter().any(tells)
}

/// What is written instead of an operator, as cargo-mutants has it.
fn instead_of(sign: &str) -> &'static [&'static str] {
    match sign {
        "==" => &["!="],
        "!=" => &["=="],
        "&&" => &["||"],
        "||" => &["&&"],
        "<" => &["==", ">", "<="],
        ">" => &["==", "<", ">="],
        "<=" => &[">", "<"],
        ">=" => &["<", ">"],
        "+" => &["-", "*"],
        "-" => &["+", "/"],
        "*" => &["+", "/"],
        "/" => &["%", "*"],
        "%" => &["/", "+"],
        "<<" => &[">>"],
        ">>" => &["<<"],
        "&" => &["|", "^"],
        "|" => &["&", "^"],
        "^" => &["|", "&"],
        "+=" => &["-=", "*="],
        "-=" => &["+=", "/="],
        "*=" => &["+=", "/="],
        "/=" => &["%=", "*="],
        "%=" => &["/=", "+="],
        "<<=" => &[">>="],
        ">>=" => &["<<="],
        "&=" => &["|=", "^="],
        "|=" => &["&=", "^="],
        "^=" => &["|=", "&="],
        _ => &[],
    }
}
