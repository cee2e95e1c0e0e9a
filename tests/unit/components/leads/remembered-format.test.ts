import { beforeEach, describe, expect, it, vi } from 'vitest'
import { type FileForm, recallFormat, rememberFormat } from '@/components/leads/import/remembered-format'
import type { ColumnTarget } from '@/domain/lead/csv-mapping'

beforeEach(() => {
  const kept = new Map<string, string>()
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => kept.set(key, value),
  })
})

const form = (headerLine: number, firstLines: string[], targets: ColumnTarget[]): FileForm => ({
  encoding: 'utf-8',
  delimiter: ',',
  headerLine,
  firstLines: firstLines.map((text, i) => ({ line: i + 1, text })),
  linesAbove: [],
  columns: targets.map((target) => ({ name: '', samples: [], target })),
})

describe('how a kind of file was read', () => {
  it('is found again by the line of names, wherever that stands in the next file', () => {
    rememberFormat(form(1, ['Who, Way', 'Bo, bo@x.example'], ['contactName', 'email']), 'a.csv')
    const next = form(1, ['Fair 2027', 'Who, Way', 'Liv, liv@x.example'], ['ignore', 'email'])
    expect(recallFormat(next, 'b.csv')).toEqual({ headerLine: 2, mapping: ['contactName', 'email'] })
  })

  it('is found again by the name of a file without names, whatever number it bears', () => {
    rememberFormat(form(0, ['Bo, bo@x.example'], ['firstName', 'email']), 'export 2026-11.csv')
    const next = form(0, ['Liv, liv@x.example'], ['ignore', 'email'])
    expect(recallFormat(next, 'export 2026-12.csv')).toEqual({ headerLine: 0, mapping: ['firstName', 'email'] })
    expect(recallFormat(next, 'other.csv')).toBeNull()
  })

  it('is nothing to come back to where the file is read so already, or has other columns', () => {
    rememberFormat(form(1, ['Who, Way'], ['contactName', 'email']), 'a.csv')
    expect(recallFormat(form(1, ['Who, Way'], ['contactName', 'email']), 'a.csv')).toBeNull()
    expect(recallFormat(form(1, ['Who, Way'], ['contactName', 'email', 'ignore']), 'a.csv')).toBeNull()
  })

  it('is the latest choice', () => {
    rememberFormat(form(1, ['Who, Way'], ['contactName', 'email']), 'a.csv')
    rememberFormat(form(1, ['Who, Way'], ['lastName', 'email']), 'a.csv')
    expect(recallFormat(form(1, ['Who, Way'], ['ignore', 'email']), 'a.csv')?.mapping).toEqual(['lastName', 'email'])
  })
})
