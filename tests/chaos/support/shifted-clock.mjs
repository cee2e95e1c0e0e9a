// Loaded before a worker: its machine's clock is wrong by CLOCK_SHIFT_MS, and with CLOCK_JUMP_EVERY_MS it jumps to the
// other side again and again, as a clock does that is being set. The monotonic clock goes on, as it does on a machine.
const shift = Number(process.env.CLOCK_SHIFT_MS ?? 0)
const jumpEvery = Number(process.env.CLOCK_JUMP_EVERY_MS ?? 0)
const RealDate = Date

const wrong = () => {
  const side = jumpEvery > 0 && Math.floor(performance.now() / jumpEvery) % 2 === 1 ? -1 : 1
  return RealDate.now() + side * shift
}

globalThis.Date = class extends RealDate {
  constructor(...given) {
    if (given.length === 0) super(wrong())
    else super(...given)
  }

  static now() {
    return wrong()
  }
}
