//! Slices as arrays of one length, and what is left of them.

use bytemuck::Pod;

/// The arrays of `N` that a slice begins with, and the fewer than `N` after them.
#[inline(always)]
pub(super) fn arrays<T: Pod, const N: usize>(slice: &[T]) -> (&[[T; N]], &[T]) {
    let (whole, rest) = slice.split_at(slice.len() - slice.len() % N);
    (bytemuck::cast_slice(whole), rest)
}

/// As [`arrays`], to be written to.
#[inline(always)]
pub(super) fn arrays_mut<T: Pod, const N: usize>(slice: &mut [T]) -> (&mut [[T; N]], &mut [T]) {
    let (whole, rest) = slice.split_at_mut(slice.len() - slice.len() % N);
    (bytemuck::cast_slice_mut(whole), rest)
}
