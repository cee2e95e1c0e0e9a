import { describe, expect, it } from 'vitest'
import { readAudit } from '../../../scripts/lib/advisories'

describe('known advisories', () => {
  it('are named with the package that has them, not with those that use it', () => {
    const output = JSON.stringify({
      auditReportVersion: 2,
      vulnerabilities: {
        'some-parser': {
          ...{ name: 'some-parser', severity: 'high', isDirect: false, effects: ['some-server'], range: '<2.0.1' },
          via: [
            {
              source: 1,
              name: 'some-parser',
              title: 'Reads beyond its input',
              url: 'https://github.com/advisories/GHSA-1',
            },
          ],
        },
        'some-server': { name: 'some-server', severity: 'high', isDirect: true, via: ['some-parser'], range: '*' },
      },
      metadata: { vulnerabilities: { high: 2, total: 2 } },
    })
    expect(readAudit(output)).toEqual({
      found: ['some-parser <2.0.1 (high): Reads beyond its input https://github.com/advisories/GHSA-1'],
    })
  })

  it('are none where the registry knows none', () => {
    expect(readAudit('{"auditReportVersion":2,"vulnerabilities":{},"metadata":{}}')).toEqual({ found: [] })
  })

  it.each([
    [
      '{"message":"405 Method Not Allowed - POST https://registry.example/audit","error":{"summary":""}}',
      '405 Method Not Allowed - POST https://registry.example/audit',
    ],
    ['{"error":{"code":"ENOTFOUND"}}', 'the registry gave no answer'],
    ['npm error network', 'npm gave no report'],
  ])('are unknown where the registry cannot be asked: %s', (output, unasked) => {
    expect(readAudit(output)).toEqual({ unasked })
  })
})
