import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { foldHeader } from '@/domain/lead/csv-headers'
import { guessTargets, isColumnTarget, isEmailHeader, targetLabel } from '@/domain/lead/csv-mapping'

const guess = (...names: string[]) => guessTargets(names.map((name) => ({ name, samples: [] })))

describe('guessTargets', () => {
  it('knows an Apollo export, with the telephone numbers in its order', () => {
    const names = [
      'First Name',
      'Last Name',
      'Title',
      'Company',
      'Company Name for Emails',
      'Email',
      'Email Status',
      'Seniority',
      'Work Direct Phone',
      'Home Phone',
      'Mobile Phone',
      'Corporate Phone',
      'Stage',
      '# Employees',
      'Industry',
      'Person Linkedin Url',
      'Website',
      'Company Linkedin Url',
      'City',
      'State',
      'Country',
      'Company City',
      'Company Country',
      'Company Phone',
      'Apollo Contact Id',
      'Secondary Email',
    ]
    expect(Object.fromEntries(names.map((name, i) => [name, guess(...names)[i]]))).toEqual({
      'First Name': 'firstName',
      'Last Name': 'lastName',
      Title: 'jobTitle',
      Company: 'companyName',
      'Company Name for Emails': 'companyName',
      Email: 'email',
      'Email Status': 'custom:email_status',
      Seniority: 'custom:seniority',
      'Work Direct Phone': 'phone',
      'Home Phone': 'custom:home_phone',
      'Mobile Phone': 'phone',
      'Corporate Phone': 'phone',
      Stage: 'custom:stage',
      '# Employees': 'custom:employees',
      Industry: 'industry',
      'Person Linkedin Url': 'linkedinUrl',
      Website: 'website',
      'Company Linkedin Url': 'custom:company_linkedin_url',
      City: 'city',
      State: 'custom:state',
      Country: 'country',
      'Company City': 'city',
      'Company Country': 'country',
      'Company Phone': 'phone',
      'Apollo Contact Id': 'ignore',
      'Secondary Email': 'custom:secondary_email',
    })
  })

  it('knows a HubSpot export', () => {
    expect(
      guess(
        'Record ID',
        'First Name',
        'Last Name',
        'Email',
        'Phone Number',
        'Job Title',
        'Associated Company',
        'Lifecycle Stage',
        'City',
        'State/Region',
        'Country/Region',
        'Postal Code',
      ),
    ).toEqual([
      'ignore',
      'firstName',
      'lastName',
      'email',
      'phone',
      'jobTitle',
      'companyName',
      'custom:lifecycle_stage',
      'city',
      'custom:state_region',
      'country',
      'custom:postal_code',
    ])
  })

  it("knows LinkedIn's Connections.csv, whose URL is a profile", () => {
    const columns = ['First Name', 'Last Name', 'URL', 'Email Address', 'Company', 'Position', 'Connected On'].map(
      (name) => ({
        name,
        samples: name === 'URL' ? ['https://www.linkedin.com/in/ada-winter'] : [],
      }),
    )
    expect(guessTargets(columns)).toEqual([
      'firstName',
      'lastName',
      'linkedinUrl',
      'email',
      'companyName',
      'jobTitle',
      'ignore',
    ])
    expect(guess('URL', 'Email')).toEqual(['website', 'email'])
  })

  it('knows Sales Navigator through PhantomBuster, whose companyUrl is no website', () => {
    const columns = [
      'fullName',
      'firstName',
      'lastName',
      'companyName',
      'title',
      'industry',
      'location',
      'linkedInProfileUrl',
      'companyUrl',
      'email',
    ].map((name) => ({ name, samples: name.endsWith('Url') ? ['https://www.linkedin.com/sales/x/1'] : [] }))
    expect(guessTargets(columns)).toEqual([
      'contactName',
      'firstName',
      'lastName',
      'companyName',
      'jobTitle',
      'industry',
      'custom:location',
      'linkedinUrl',
      'custom:companyurl',
      'email',
    ])
  })

  it('takes "Job Title" for the job where "Title" stands beside it, in either order', () => {
    expect(guess('Email', 'Title', 'Job Title')).toEqual(['email', 'custom:title', 'jobTitle'])
    expect(guess('Email', 'Job Title', 'Title')).toEqual(['email', 'jobTitle', 'custom:title'])
  })

  it('knows German headers and spellings with case, blanks and underscores', () => {
    expect(guess('E-Mail-Adresse', 'Firma', 'Vorname', 'NACHNAME', 'Land', 'company_website')).toEqual([
      'email',
      'companyName',
      'firstName',
      'lastName',
      'country',
      'website',
    ])
  })

  it('finds a column of addresses by its values when no header names it', () => {
    const columns = [
      { name: 'Kontaktweg', samples: ['ada@x.example', 'bo@x.example'] },
      { name: 'Bemerkung', samples: ['ruft zurück'] },
    ]
    expect(guessTargets(columns)).toEqual(['email', 'custom:bemerkung'])
    expect(guessTargets([{ name: 'Kontaktweg', samples: ['ada@x.example', 'telephone'] }])).toEqual([
      'custom:kontaktweg',
    ])
  })

  it('gives the second of two columns of the same name no second address', () => {
    expect(guess('Email', 'E-mail')).toEqual(['email', 'custom:e_mail'])
  })

  it('ignores what could never be used: no name, or the name of a fixed variable', () => {
    expect(guess('', '???', 'Campaign name', 'Email')).toEqual(['ignore', 'ignore', 'ignore', 'email'])
  })

  it('answers one valid target for each column, whatever they are called', () => {
    const column = fc.record({ name: fc.string({ unit: 'binary' }), samples: fc.array(fc.string(), { maxLength: 3 }) })
    fc.assert(
      fc.property(fc.array(column, { maxLength: 30 }), (columns) => {
        const targets = guessTargets(columns)
        return targets.length === columns.length && targets.every(isColumnTarget)
      }),
    )
  })
})

it('takes only targets that can be stored', () => {
  expect(['email', 'ignore', 'custom:deal_size', 'custom:備考'].every(isColumnTarget)).toBe(true)
  for (const target of [
    '',
    'Email',
    'status',
    'custom:',
    'custom:Deal',
    'custom:1st',
    'custom:campaign_name',
    'custom:__proto__',
  ]) {
    expect(isColumnTarget(target), target).toBe(false)
  }
})

it('folds headers and says where columns go in words', () => {
  expect(foldHeader('\ufeff E-Mail_Adresse ')).toBe('emailadresse')
  expect(isEmailHeader('Email Address')).toBe(true)
  expect(isEmailHeader('Company')).toBe(false)
  expect([targetLabel('companyName'), targetLabel('custom:deal_size'), targetLabel('ignore')]).toEqual([
    'Company',
    'Custom field deal_size',
    'Ignored',
  ])
})
