//! Text in a format with markup.
//!
//! Literals are markup. Everything inserted into them is escaped, unless it is already text in that format, so text
//! from a user is never interpreted as markup.

use std::borrow::Cow;
use std::fmt::{self, Display, Formatter};
use std::marker::PhantomData;

/// A format in which some characters are markup.
pub trait Format {
    /// Escapes a text, so that nothing in it is markup.
    fn escape(text: &str) -> Cow<'_, str>;
}

/// Text in a format, made by [`written!`](crate::written).
///
/// # Example
/// ```
/// use placet::text::{Written, Xml};
/// use placet::written;
///
/// let title = "<script>";
/// let part: Written<Xml> = written!(Xml, "<title>{}</title>", title);
/// assert_eq!(part.to_string(), "<title>&lt;script&gt;</title>");
/// let whole = written!(Xml, "<g x=\"{}\">{}</g>", 5_u32, part);
/// assert_eq!(whole.to_string(), "<g x=\"5\"><title>&lt;script&gt;</title></g>");
/// ```
pub struct Written<F>(String, PhantomData<F>);

impl<F> Written<F> {
    /// Formats a literal with its arguments. Only for [`written!`](crate::written), which ensures that all arguments
    /// are pieces.
    #[doc(hidden)]
    pub fn of(pieces: fmt::Arguments<'_>) -> Written<F> {
        Written(pieces.to_string(), PhantomData)
    }

    /// Appends text of the same format.
    pub fn add(&mut self, more: impl Into<Written<F>>) {
        self.0.push_str(&more.into().0);
    }

    /// Joins texts with a literal between them.
    pub fn join(texts: impl IntoIterator<Item = Written<F>>, between: &'static str) -> Written<F> {
        let texts: Vec<String> = texts.into_iter().map(|text| text.0).collect();
        Written(texts.join(between), PhantomData)
    }

    /// Returns whether the text is empty.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Returns the text as a string. If it is inserted into other text, it is escaped.
    pub fn into_string(self) -> String {
        self.0
    }
}

impl<F> Default for Written<F> {
    fn default() -> Written<F> {
        Written(String::new(), PhantomData)
    }
}

impl<F> Clone for Written<F> {
    fn clone(&self) -> Written<F> {
        Written(self.0.clone(), PhantomData)
    }
}

impl<F> PartialEq for Written<F> {
    fn eq(&self, other: &Written<F>) -> bool {
        self.0 == other.0
    }
}

/// Converts a literal, which is markup.
impl<F> From<&'static str> for Written<F> {
    fn from(literal: &'static str) -> Written<F> {
        Written(literal.to_owned(), PhantomData)
    }
}

impl<F> Display for Written<F> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A value that can be inserted into text of a format.
pub trait Part<F> {
    /// Writes the value. Only what is already text of the format is written as markup.
    ///
    /// # Errors
    /// The formatter fails.
    fn put(&self, f: &mut Formatter<'_>) -> fmt::Result;
}

impl<F: Format> Part<F> for str {
    fn put(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str(&F::escape(self))
    }
}

impl<F: Format> Part<F> for String {
    fn put(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str(&F::escape(self))
    }
}

impl<F> Part<F> for Written<F> {
    fn put(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl<F, P: Part<F> + ?Sized> Part<F> for &P {
    fn put(&self, f: &mut Formatter<'_>) -> fmt::Result {
        (**self).put(f)
    }
}

macro_rules! plain_parts {
    ($($type:ty),*) => {$(
        /// Letters and digits, which no format treats as markup.
        impl<F> Part<F> for $type {
            fn put(&self, f: &mut Formatter<'_>) -> fmt::Result {
                Display::fmt(self, f)
            }
        }
    )*};
}

plain_parts!(u16, u32, u64, usize, i64);

/// Displays a part. Only for [`written!`](crate::written).
#[doc(hidden)]
pub struct Piece<F, P>(pub P, pub PhantomData<F>);

impl<F, P: Part<F>> Display for Piece<F, P> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        self.0.put(f)
    }
}

/// Writes text of a format from a literal, in which each `{}` is replaced by the next argument, escaped.
///
/// Names in braces would not be escaped, so they do not compile.
///
/// # Example
/// ```
/// use placet::{text::Xml, written};
///
/// assert_eq!(written!(Xml, "<b>{}</b>", "a & b").to_string(), "<b>a &amp; b</b>");
/// ```
///
/// ```compile_fail
/// use placet::{text::Xml, written};
///
/// let title = "<script>";
/// written!(Xml, "<b>{title}</b>");
/// ```
#[macro_export]
macro_rules! written {
    ($format:ty, $literal:literal $(, $part:expr)* $(,)?) => {
        $crate::text::Written::<$format>::of(::core::format_args!(
            ::core::concat!($literal)
            $(, $crate::text::Piece::<$format, _>(&$part, ::core::marker::PhantomData))*
        ))
    };
}

/// XML, in the content of elements and in attributes between double quotes.
pub enum Xml {}

impl Format for Xml {
    fn escape(text: &str) -> Cow<'_, str> {
        let shown = super::shown(text);
        if !shown.contains(['&', '<', '>', '"']) {
            return shown;
        }
        let mut out = String::with_capacity(shown.len().saturating_add(16));
        for character in shown.chars() {
            match character {
                '&' => out.push_str("&amp;"),
                '<' => out.push_str("&lt;"),
                '>' => out.push_str("&gt;"),
                '"' => out.push_str("&quot;"),
                character => out.push(character),
            }
        }
        Cow::Owned(out)
    }
}
