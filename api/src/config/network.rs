//! Networks of addresses, as settings name them.

use std::net::{IpAddr, Ipv6Addr};

/// An address, or all that share its first bits: `10.0.0.0/8`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Network {
    first: u128,
    bits: u8,
}

/// Version 4 as version 6 writes it, so that both are counted alike.
fn wide(address: IpAddr) -> Ipv6Addr {
    match address {
        IpAddr::V4(four) => four.to_ipv6_mapped(),
        IpAddr::V6(six) => six,
    }
}

fn masked(address: IpAddr, bits: u8) -> u128 {
    let mask = u128::MAX.checked_shl(128 - u32::from(bits)).unwrap_or(0);
    wide(address).to_bits() & mask
}

impl Network {
    /// Reads an address, with or without the number of its bits that count.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let (address, bits) = text.split_once('/').map_or((text, None), |(address, bits)| (address, Some(bits)));
        let address: IpAddr = address.parse().ok()?;
        let (own, before) = if address.is_ipv4() { (32, 96) } else { (128, 0) };
        let bits = bits.map_or(Some(own), |bits| bits.parse::<u8>().ok().filter(|bits| *bits <= own))? + before;
        Some(Self { first: masked(address, bits), bits })
    }

    /// Is the address one of it?
    pub fn holds(self, address: IpAddr) -> bool {
        masked(address, self.bits) == self.first
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn networks_hold_their_addresses() {
        for (network, address, held) in [
            ("10.0.0.0/8", "10.255.0.1", true),
            ("10.0.0.0/8", "11.0.0.1", false),
            ("10.1.2.3", "10.1.2.3", true),
            ("10.1.2.3", "10.1.2.4", false),
            ("10.1.2.3/8", "10.9.9.9", true),
            ("10.0.0.0/8", "::ffff:10.1.1.1", true),
            ("0.0.0.0/0", "203.0.113.9", true),
            ("0.0.0.0/0", "2001:db8::1", false),
            ("::/0", "2001:db8::1", true),
            ("2001:db8::/32", "2001:db8:ffff::1", true),
            ("2001:db8::/32", "2001:db9::1", false),
        ] {
            let network = Network::parse(network).expect("a network");
            assert_eq!(network.holds(address.parse().expect("an address")), held, "{network:?} {address}");
        }
        for wrong in ["", "x", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0/8", "::/129", "10.0.0.0/8/8", "10.0.0.1:80"] {
            assert_eq!(Network::parse(wrong), None, "{wrong}");
        }
    }
}
