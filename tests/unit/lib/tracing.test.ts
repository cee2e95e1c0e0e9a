import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { carriedTrace, inCarriedTrace, inSpan } from '@/lib/tracing'

it('where nothing is traced, work is done as it is, nothing is asked of it, and nothing is sent along', async () => {
  const unasked = () => expect.unreachable('nobody needs to know')
  expect(await inSpan('work', unasked, async (span) => Boolean(span.setAttributes({ of: 'nobody' })))).toBe(true)
  await expect(inSpan('work', unasked, async () => Promise.reject(new Error('its own')))).rejects.toThrow('its own')
  expect(carriedTrace()).toEqual({})
  const data = { traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01' }
  expect(await inCarriedTrace(data, async () => 'done')).toBe('done')
})

it('nothing is loaded for it before it is begun', () => {
  const sources = ['src', 'web', 'worker'].flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((path) => join(folder, path)),
  )
  const loaded = sources
    .filter((path) => /\.tsx?$/.test(path))
    .filter((path) =>
      /^(import|export) (?!type )[^;]*?from '(@opentelemetry\/|@prisma\/instrumentation)/m.test(
        readFileSync(path, 'utf8'),
      ),
    )
  expect(loaded).toEqual([])
})
