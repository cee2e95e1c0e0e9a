import { createServer } from 'node:net'
import { expect, it } from 'vitest'
import { freePort } from '../../../scripts/lib/ports'

const listenOn = async (port: number) => {
  const server = createServer()
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, '127.0.0.1', resolve))
  return () => new Promise((resolve) => server.close(resolve))
}

it('gives each port once, also to those who ask at once, and none of those that systems give to anybody', async () => {
  const ports = await Promise.all(Array.from({ length: 200 }, () => freePort()))
  expect(new Set(ports).size).toBe(200)
  expect(ports.filter((port) => port < 20_000 || port >= 32_000)).toEqual([])
})

it('passes over a port that somebody listens on', async () => {
  const last = await freePort()
  // The next in turn, whoever has it.
  const close = await listenOn(last + 1).catch(() => async () => undefined)
  try {
    expect(await freePort()).not.toBe(last + 1)
  } finally {
    await close()
  }
})
