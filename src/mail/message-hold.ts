export class MessageTooLarge extends Error {
  constructor(limit: number) {
    super(`This server takes at most ${Math.floor(limit / 1024 / 1024)} MB a message`)
  }
}

/** Messages on their way in, held in memory within bounds: each of them, and all together. In bytes. */
export function createMessageHold({ perMessage, atOnce }: { perMessage: number; atOnce: number }) {
  let held = 0
  return {
    held: () => held,
    /**
     * All of a message. One that is too much is read to its end, since its sender hears nothing before, and nothing of it is held.
     * @throws {MessageTooLarge} or another error, where there is too much at once or the message breaks off
     */
    whole: async (stream: AsyncIterable<Buffer>): Promise<Buffer> => {
      const pieces: Buffer[] = []
      let size = 0
      let refusal: Error | null = null
      try {
        for await (const piece of stream) {
          if (refusal) continue
          if (size + piece.length > perMessage) refusal = new MessageTooLarge(perMessage)
          else if (held + piece.length > atOnce) refusal = new Error('Too much at once, try again')
          else {
            pieces.push(piece)
            size += piece.length
            held += piece.length
            continue
          }
          pieces.length = 0
          held -= size
          size = 0
        }
        if (refusal) throw refusal
        return Buffer.concat(pieces)
      } finally {
        held -= size
      }
    },
  }
}
