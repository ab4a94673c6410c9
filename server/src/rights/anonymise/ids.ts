/** Ids of rows, one bit for each. */
export class IdSet {
  private bits = new Uint8Array(1024);
  size = 0;

  add(id: number): void {
    const at = id >>> 3;
    if (at >= this.bits.length) {
      const { bits } = this;
      this.bits = new Uint8Array(Math.max(bits.length * 2, at + 1024));
      this.bits.set(bits);
    }
    const bit = 1 << (id & 7);
    if (this.bits[at]! & bit) return;
    this.bits[at]! |= bit;
    this.size += 1;
  }

  *[Symbol.iterator](): Iterator<number> {
    for (const [at, byte] of this.bits.entries())
      for (let bit = 0; byte >> bit > 0; bit++) if (byte & (1 << bit)) yield at * 8 + bit;
  }

  has(id: number): boolean {
    return (this.bits[id >>> 3]! & (1 << (id & 7))) > 0;
  }
}
