//! Names round an arc: each beside its seats, pushed along the arc where two would touch.

use core::f64::consts::PI;

use alloc::format;
use alloc::string::String;

use super::canvas::{Anchor, Canvas, Letters};
use super::ink::Tone;

/// An arc: its centre and its outer edge.
#[derive(Clone, Copy, Debug)]
pub(super) struct Arc {
    pub(super) centre: (f64, f64),
    pub(super) radius: f64,
}

impl Arc {
    /// The point at an angle, so far from the centre.
    pub(super) fn at(&self, angle: f64, radius: f64) -> (f64, f64) {
        (self.centre.0 + radius * libm::cos(angle), self.centre.1 - radius * libm::sin(angle))
    }
}

/// A label: a number, and a name below it where there is room.
#[derive(Clone, Debug)]
pub(super) struct Label {
    pub(super) number: String,
    pub(super) name: String,
    /// The middle of its seats.
    pub(super) angle: f64,
}

const GAP: f64 = 9.0;
const LINE: f64 = 15.0;
/// From the letters of one label to those of the next.
const APART: f64 = 3.0;

/// Draws labels from left to right; returns whether every name was written in full.
pub(super) fn draw(canvas: &mut Canvas, arc: &Arc, labels: &[Label], number: Letters, name: Letters) -> bool {
    let mut angles: alloc::vec::Vec<f64> = labels.iter().map(|label| label.angle).collect();
    let boxes = |angles: &[f64], at: usize| rectangle(arc, &labels[at], angles[at], number, name);
    for _ in 0..400 {
        let mut moved = false;
        for at in 1..labels.len() {
            let (left, right) = (boxes(&angles, at - 1), boxes(&angles, at));
            if touch(left, right) {
                moved = true;
                angles[at - 1] = (angles[at - 1] + 0.01).min(PI);
                angles[at] = (angles[at] - 0.01).max(0.0);
            }
        }
        if !moved {
            break;
        }
    }
    let mut whole = true;
    for (label, &angle) in labels.iter().zip(&angles) {
        whole &= write(canvas, arc, label, angle, number, name);
    }
    whole
}

/// On which side of its point a label stands.
fn anchor(angle: f64) -> Anchor {
    match libm::cos(angle) {
        side if side < -0.3 => Anchor::End,
        side if side > 0.3 => Anchor::Start,
        _ => Anchor::Middle,
    }
}

/// The point of a label's first line, and the room for its letters.
fn point(arc: &Arc, angle: f64, has_name: bool, canvas_width: f64) -> ((f64, f64), f64) {
    let (x, y) = arc.at(angle, arc.radius + GAP);
    let lines = if has_name { LINE } else { 0.0 };
    // At the top the letters stand above the point, at the sides beside it.
    let lift = libm::sin(angle);
    let y = y - lines * lift + (1.0 - lift) * (5.0 - lines / 2.0);
    let room = match anchor(angle) {
        Anchor::End => x - 2.0,
        Anchor::Start => canvas_width - x - 2.0,
        Anchor::Middle => 2.0 * x.min(canvas_width - x) - 4.0,
    };
    ((x, y), room)
}

fn rectangle(arc: &Arc, label: &Label, angle: f64, number: Letters, name: Letters) -> (f64, f64, f64, f64) {
    let has_name = !label.name.is_empty();
    let ((x, y), room) = point(arc, angle, has_name, arc.centre.0 * 2.0);
    let width = number.width(&label.number).max(name.width(&label.name)).min(room.max(20.0));
    let left = match anchor(angle) {
        Anchor::Start => x,
        Anchor::Middle => x - width / 2.0,
        Anchor::End => x - width,
    };
    (left, y - number.size * 0.8, left + width, y + if has_name { LINE + 3.0 } else { 1.0 })
}

fn touch(one: (f64, f64, f64, f64), other: (f64, f64, f64, f64)) -> bool {
    one.0 < other.2 + APART && other.0 < one.2 + APART && one.1 < other.3 && other.1 < one.3
}

fn write(canvas: &mut Canvas, arc: &Arc, label: &Label, angle: f64, number: Letters, name: Letters) -> bool {
    let has_name = !label.name.is_empty();
    let ((x, y), room) = point(arc, angle, has_name, arc.centre.0 * 2.0);
    if (angle - label.angle).abs() * arc.radius > 10.0 {
        let ((x1, y1), (x2, y2)) = (arc.at(label.angle, arc.radius + 1.0), arc.at(angle, arc.radius + GAP - 3.0));
        canvas.line(&format!("M{x1:.1} {y1:.1}L{x2:.1} {y2:.1}"), 1.0, Tone::Edge);
    }
    canvas.text((x, y), number.at(anchor(angle)), &label.number);
    if !has_name {
        return true;
    }
    let shown = name.cut(&label.name, room);
    canvas.text((x, y + LINE), name.at(anchor(angle)), &shown);
    shown == label.name
}
