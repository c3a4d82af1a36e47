//! Whether the target of an action is reached, in its own units. Only what the head of the unit signed counts.

use entity::Amount;

/// What is measured by itself: an action without activities, or one of its activities.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Measure {
    /// The number of the activity; none for the action itself.
    pub number: Option<i32>,
    /// In what it is counted.
    pub unit: String,
    /// How many units are to be done.
    pub target: Amount,
    /// How many were, as signed.
    pub done: Amount,
}

impl Measure {
    /// Reads a line `number⇥unit⇥target⇥done`, the amounts in hundredths. (Units hold neither tabs nor line breaks.)
    pub fn parse(line: &str) -> Option<Self> {
        let mut words = line.split('\t');
        let number = words.next()?;
        let number = if number.is_empty() { None } else { Some(number.parse().ok()?) };
        let unit = words.next()?.to_owned();
        let mut amount = || words.next()?.parse().ok().map(Amount);
        Some(Self { number, unit, target: amount()?, done: amount()? })
    }

    /// Was its target reached?
    pub fn is_reached(&self) -> bool {
        self.done >= self.target
    }
}

impl std::fmt::Display for Measure {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if let Some(number) = self.number {
            write!(f, "{number}: ")?;
        }
        write!(f, "{} / {} {}", self.done, self.target, self.unit)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn measures_are_read_and_said() {
        let own = Measure::parse("\ttalleres\t1000\t400").expect("a measure");
        assert_eq!((own.to_string().as_str(), own.is_reached()), ("4.00 / 10.00 talleres", false));
        let part = Measure::parse("2\tactas\t300\t300").expect("a measure");
        assert_eq!((part.to_string().as_str(), part.is_reached()), ("2: 3.00 / 3.00 actas", true));
        assert_eq!(Measure::parse("2\tactas\t300"), None);
    }
}
