import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

/** An address of PostgreSQL that stays while the server behind it changes: in life a virtual address, or a proxy such as HAProxy. */
export type StableAddress = {
  /** The same address with its port in place of the server's. */
  urlOf(url: string): string
  /** Who connects from here on is led to the server on this port; null: is refused. */
  leadTo(port: number | null): void
  /** As when the machine behind it is gone: what is open hears nothing any more, not even an end, and who connects waits. */
  fallSilent(): void
  /** Ends what is left over of a silence, as the machine that is back would. */
  endSilent(): void
  close(): Promise<void>
}

export async function openStableAddress(): Promise<StableAddress> {
  let target: number | null | 'silent' = null
  const pairs = new Map<Socket, Socket>()
  const silent = new Set<Socket>()
  const waiting = new Set<Socket>()
  const join = (client: Socket, port: number) => {
    const server = connect({ port, host: '127.0.0.1', noDelay: true })
    pairs.set(client, server)
    const end = () => {
      if (silent.has(client)) return
      pairs.delete(client)
      client.destroy()
      server.destroy()
    }
    for (const socket of [client, server]) socket.on('error', end).on('close', end)
    client.pipe(server)
    server.pipe(client)
  }
  const server = createServer({ noDelay: true }, (client) => {
    client.on('error', () => undefined)
    if (target === null) client.destroy()
    else if (target === 'silent') waiting.add(client)
    else join(client, target)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    urlOf: (url) => Object.assign(new URL(url), { port: String(port) }).href,
    leadTo: (to) => {
      target = to
      for (const client of waiting) {
        if (to === null || client.destroyed) client.destroy()
        else join(client, to)
      }
      waiting.clear()
    },
    fallSilent: () => {
      target = 'silent'
      for (const [client, upstream] of pairs) {
        silent.add(client)
        client.unpipe(upstream)
        upstream.unpipe(client)
        // Read and given to nobody.
        client.resume()
        upstream.resume()
      }
    },
    endSilent: () => {
      for (const client of silent) {
        pairs.get(client)?.destroy()
        pairs.delete(client)
        client.destroy()
      }
      silent.clear()
    },
    close: async () => {
      server.close()
      for (const [client, upstream] of pairs) for (const socket of [client, upstream]) socket.destroy()
      for (const client of waiting) client.destroy()
    },
  }
}
