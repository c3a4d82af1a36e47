// A seeded source of chance, so that a document that made a difference can be made again.

/** Chance by mulberry32: 32 bits of state, the same sequence for the same seed everywhere. */
export class Random {
  constructor(seed) {
    this.state = seed >>> 0;
  }

  /** A number from 0 inclusive to 1 exclusive. */
  next() {
    this.state = (this.state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(this.state ^ (this.state >>> 15), this.state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  }

  /** A whole number from 0 to `bound - 1`. */
  below(bound) {
    return Math.floor(this.next() * bound);
  }

  /** One of several. */
  pick(several) {
    return several[this.below(several.length)];
  }

  /** Yes, with a probability. */
  chance(probability) {
    return this.next() < probability;
  }
}
