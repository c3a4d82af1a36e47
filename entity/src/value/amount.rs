//! Exact numbers with two decimals: quantities, weights, percentages, money.

use std::{fmt, str::FromStr};

/// An exact number with two decimals, as hundredths; at most 16 digits before the point. A plain 64-bit number on both
/// databases, so that sums and comparisons cannot differ.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, sea_orm::DeriveValueType)]
pub struct Amount(pub i64);

/// A text is no [`Amount`].
#[derive(Debug, thiserror::Error)]
#[error("not a number with at most 16 digits before the point and two behind it")]
pub struct NotAnAmount;

impl Amount {
    /// 0.
    pub const ZERO: Self = Self(0);

    /// A whole number; `None` beyond 16 digits.
    pub fn whole(number: i64) -> Option<Self> {
        (number.unsigned_abs() < 10_u64.pow(16)).then_some(Self(number * 100))
    }
}

impl FromStr for Amount {
    type Err = NotAnAmount;

    fn from_str(text: &str) -> Result<Self, NotAnAmount> {
        let (negative, digits) = text.strip_prefix('-').map_or((false, text), |digits| (true, digits));
        let (whole, decimals) = digits.split_once('.').map_or((digits, None), |(whole, rest)| (whole, Some(rest)));
        let is_digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
        let decimals = match decimals {
            None => "00".to_owned(),
            // More of them are read when they say nothing: 1.500 is 1.50.
            Some(rest) if is_digits(rest) => match rest.trim_end_matches('0') {
                short if short.len() <= 2 => format!("{short:0<2}"),
                _ => return Err(NotAnAmount),
            },
            Some(_) => return Err(NotAnAmount),
        };
        let whole = whole.trim_start_matches('0');
        if !is_digits(digits.split('.').next().unwrap_or_default()) || whole.len() > 16 {
            return Err(NotAnAmount);
        }
        let hundredths: i64 = format!("{whole}{decimals}").parse().map_err(|_| NotAnAmount)?;
        Ok(Self(if negative { -hundredths } else { hundredths }))
    }
}

impl fmt::Display for Amount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        let hundredths = self.0.unsigned_abs();
        write!(f, "{sign}{}.{:02}", hundredths / 100, hundredths % 100)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn what_is_written_is_read_again(hundredths in -999_999_999_999_999_999_i64..=999_999_999_999_999_999) {
            let amount = Amount(hundredths);
            prop_assert_eq!(amount.to_string().parse::<Amount>().ok(), Some(amount));
        }
    }

    #[test]
    fn texts_are_amounts_or_are_not() {
        for (text, hundredths) in [
            ("0", 0),
            ("12", 1200),
            ("007.5", 750),
            ("-0.05", -5),
            ("1.5000", 150),
            ("9999999999999999.99", 999_999_999_999_999_999),
        ] {
            assert_eq!(text.parse::<Amount>().ok(), Some(Amount(hundredths)), "{text}");
        }
        for text in ["", "-", ".5", "5.", "1.005", "1e3", "+1", "1,5", "12345678901234567", "1.2.3", " 1"] {
            assert!(text.parse::<Amount>().is_err(), "{text}");
        }
    }
}
