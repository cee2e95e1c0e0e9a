import { describe, expect, it } from 'vitest'
import { bareDomain, companyDomain } from '@/domain/lead-generation/company-domain'

describe('the domain of a company', () => {
  it.each([
    ['https://www.acme.com/contact?x=1', 'acme.com'],
    ['http://shop.acme.co.uk', 'acme.co.uk'],
    ['https://praxis.hamburg.de/', 'hamburg.de'],
    ['https://www.Müller-Zahn.de', 'müller-zahn.de'],
    ['https://acme.example/', 'acme.example'],
  ])('of %s is %s', (website, domain) => {
    expect(companyDomain(website)).toBe(domain)
  })

  it.each([
    'https://www.facebook.com/acme',
    'https://instagram.com/acme',
    'https://linktr.ee/acme',
    'https://acme.business.site/',
    'https://sites.google.com/view/acme',
    'https://acme.wixsite.com/home',
    'https://www.booking.com/hotel/de/acme.html',
    'https://acme.github.io',
    'https://acme.myshopify.com',
    'https://acme.blogspot.com',
    'http://192.168.1.1/',
    'http://localhost:3000',
    'not a website',
    '',
  ])('is not known from %s', (website) => {
    expect(companyDomain(website)).toBeNull()
  })
})

describe('a domain as a person types it', () => {
  it.each(['acme.com', ' ACME.com ', 'www.acme.com', 'https://www.acme.com/team?x=1', 'jo@acme.com', 'acme.com/'])(
    '%s is acme.com',
    (typed) => {
      expect(bareDomain(typed)).toBe('acme.com')
    },
  )
})
