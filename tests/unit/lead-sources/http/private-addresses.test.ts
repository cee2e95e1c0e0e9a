import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { z } from 'zod'
import { ApiClient } from '@/lead-sources/http/api-client'
import { SourceError } from '@/lead-sources/types'

let asked = 0
const server = createServer((_request, response) => {
  asked += 1
  response.end('{}')
})
let port = 0
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  port = (server.address() as AddressInfo).port
})
afterAll(() => new Promise((resolve) => server.close(resolve)))

async function ask(host: string, allowPrivate: boolean) {
  const client = new ApiClient({
    label: 'Source',
    baseUrl: `http://${host}:${port}`,
    apiKey: 'k',
    headers: {},
    limits: { any: [{ requests: 100, seconds: 1 }] },
    toSourceError: () => new SourceError('outage', 'failed'),
    allowPrivate,
    retryOptions: { retries: 0 },
  })
  try {
    return await client.request({ limit: 'any', method: 'GET', path: '/', paid: false, schema: z.object({}) })
  } finally {
    await client.close()
  }
}

it.each(['127.0.0.1', 'localhost', '[::1]'])(
  'a source at %s is not asked, unless the environment names it',
  async (host) => {
    await expect(ask(host, false)).rejects.toThrow('ENOTPUBLIC')
    expect(asked).toBe(0)
  },
)

it('a source on this machine is asked where it may be', async () => {
  expect((await ask('127.0.0.1', true)).status).toBe(200)
})
