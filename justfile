# What can be run here, by name. `just all` is what must hold before a change lands.
set shell := ["bash", "-euo", "pipefail", "-c"]

# This list
default:
    @just --list --unsorted

# Formats everything
format:
    cargo fmt --all

# Lints, warnings are errors
lint:
    cargo fmt --all --check
    .ci/lint

# All tests; with a name, one file of tests/: `just test ties`
test name="":
    cargo test {{ if name == "" { "" } else { "--test " + name } }}

# The library alone, with each set of features
features:
    for features in "" serde std std,serde rayon proptest; do cargo check -q --lib --no-default-features --features "$features"; done
    cargo test -q --no-default-features --lib --test kazakhstan --test elections --test ties --test rules

# The documentation, warnings are errors
docs:
    RUSTDOCFLAGS="-D warnings" cargo doc --no-deps --all-features

# Every example against what it should print; with a name, that one
examples name="*":
    for expected in tests/expected/{{name}}.txt; do cargo run -q --example "$(basename "$expected" .txt)" 2>/dev/null | diff -u "$expected" -; done

# The command `apportion`
cli:
    .ci/cli

# The checker of certificates, against every election in the data
checker:
    .ci/checker

# The Python package
python:
    .ci/python

# The WebAssembly module, the npm package and the page
web:
    .ci/web

# What is published
package:
    cargo package -p apportion --allow-dirty

# The table of what an allocation costs
bench:
    cargo bench -p apportion-benches --bench ratios

# What a registry asks beside the tests: licences, sets of features, minimal versions, the public API, typos; with names, those
trust *parts:
    .ci/trust {{parts}}

# Every fuzzing target for so many seconds; with names, those
fuzz seconds="60" *targets:
    FUZZ_SECONDS={{seconds}} .ci/fuzz {{targets}}

# Deliberate breaks of what changed since the last tag, and whether tests catch them; `just mutants whole` those of everything
mutants *options:
    .ci/mutants {{options}}

# The figures of what is tested
tested:
    .ci/tested

# Everything that must hold before a change lands
all:
    .ci/run
