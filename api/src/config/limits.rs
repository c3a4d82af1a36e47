//! How much may be asked.

use super::ConfigFault;
use super::settings::{Setting, Settings, Shape};

pub(super) const SETTINGS: &[Setting] = &[
    Setting::new("limits", "cost", Shape::Number),
    Setting::new("limits", "cost_a_minute", Shape::Number),
    Setting::new("limits", "clients", Shape::List),
];

const MOST: u32 = 1_000_000_000;

/// How much may be asked.
#[derive(Clone, Debug)]
pub struct LimitsConfig {
    /// The most that one request may cost.
    pub cost: u64,
    /// What a caller may spend in a minute; 0: as much as he wants.
    pub cost_a_minute: u64,
    /// The same for single clients.
    pub clients: Vec<(String, u64)>,
}

impl LimitsConfig {
    pub(super) fn read(settings: &Settings) -> Result<Self, ConfigFault> {
        let cost: u64 = settings.number("limits.cost", 1_000, MOST)?.into();
        let cost_a_minute: u64 = settings.number("limits.cost_a_minute", 0, MOST)?.into();
        if (1..cost).contains(&cost_a_minute) {
            let reason = format!("is {cost_a_minute}, less than one request may cost");
            let remedy = format!("give {cost} (limits.cost) or more, or 0 for no limit");
            return Err(settings.fault("limits.cost_a_minute", reason, remedy));
        }
        let clients = settings.list("limits.clients").into_iter().map(|text| {
            let said = text
                .rsplit_once('=')
                .and_then(|(client, minute)| Some((client.trim(), minute.trim().parse::<u64>().ok()?)));
            let enough = |minute: u64| minute == 0 || (cost..=MOST.into()).contains(&minute);
            let said = said.filter(|(client, minute)| !client.is_empty() && enough(*minute));
            said.map(|(client, minute)| (client.to_owned(), minute)).ok_or_else(|| {
                let remedy = "give each as CLIENT=COST, the cost not less than limits.cost, or 0 for no limit";
                settings.fault("limits.clients", format!("holds {text:?}"), remedy)
            })
        });
        Ok(Self { cost, cost_a_minute, clients: clients.collect::<Result<_, _>>()? })
    }
}
