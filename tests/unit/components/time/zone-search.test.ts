import { describe, expect, it } from 'vitest'
import { allZones, presentZone, searchZones } from '@/components/time/zone-search'

const NOW = new Date('2026-07-01T12:00:00Z')
const first = (typed: string) => searchZones(typed, NOW)[0]

describe('a zone is found first', () => {
  it.each([
    // Present and old names.
    ['Kathmandu', 'Asia/Kathmandu'],
    ['katmandu', 'Asia/Kathmandu'],
    ['Rangoon', 'Asia/Yangon'],
    ['yangon', 'Asia/Yangon'],
    ['Godthab', 'America/Nuuk'],
    ['Asmara', 'Africa/Asmara'],
    ['faroe', 'Atlantic/Faroe'],
    ['ho chi', 'Asia/Ho_Chi_Minh'],
    ['los_angeles', 'America/Los_Angeles'],
    ['LOS ANGELES', 'America/Los_Angeles'],
    ['Europe/Kiev', 'Europe/Kyiv'],
    // Countries.
    ['Nepal', 'Asia/Kathmandu'],
    ['japan', 'Asia/Tokyo'],
    ['Iceland', 'Atlantic/Reykjavik'],
    // Abbreviations that several zones share, and those that begin other names.
    ['JST', 'Asia/Tokyo'],
    ['CEST', 'Europe/Berlin'],
    ['EST', 'America/New_York'],
    ['IST', 'Asia/Kolkata'],
    ['pst', 'America/Los_Angeles'],
    ['utc', 'UTC'],
  ])('by %j: %s', (typed, zone) => {
    expect(first(typed)).toBe(zone)
  })

  it('a country before places that begin with its name', () => {
    const found = searchZones('India', NOW)
    expect(found[0]).toBe('Asia/Kolkata')
    expect(found).toContain('America/Indiana/Indianapolis')
  })
})

it('zones are found by the offset they have now', () => {
  expect(searchZones('UTC+2', NOW)).toEqual(expect.arrayContaining(['Europe/Berlin', 'Africa/Johannesburg']))
  expect(searchZones('UTC+2', NOW)).not.toContain('Europe/Helsinki')
  expect(searchZones('utc+2', new Date('2026-01-15T12:00:00Z'))).toContain('Europe/Helsinki')
  expect(searchZones('GMT-3:30', new Date('2026-01-15T12:00:00Z'))).toEqual(['America/St_Johns'])
  expect(searchZones('+05:45', NOW)).toEqual(['Asia/Kathmandu'])
  expect(searchZones('+0', NOW)).toContain('UTC')
})

it('nothing typed shows all, and nonsense nothing', () => {
  expect(searchZones(' ', NOW)).toEqual(allZones())
  expect(searchZones('Atlantis', NOW)).toEqual([])
})

it('a stored zone is shown by its present name', () => {
  expect(presentZone('Asia/Saigon')).toBe('Asia/Ho_Chi_Minh')
  expect(presentZone('Mars/Olympus')).toBe('Mars/Olympus')
})
