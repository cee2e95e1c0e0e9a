import { parse } from 'tldts'

// Hosts where many businesses have a page: their domain does not identify the business.
const SHARED_HOSTS = new Set([
  'about.me',
  'airbnb.com',
  'apple.com',
  'beacons.ai',
  'booking.com',
  'business.site',
  'canva.site',
  'carrd.co',
  'doctolib.com',
  'doctolib.de',
  'doctolib.fr',
  'doordash.com',
  'etsy.com',
  'facebook.com',
  'fb.com',
  'fb.me',
  'g.page',
  'github.io',
  'godaddysites.com',
  'goo.gl',
  'google.com',
  'instagram.com',
  'jameda.de',
  'jimdo.com',
  'jimdofree.com',
  'jimdosite.com',
  'just-eat.co.uk',
  'lieferando.de',
  'linkedin.com',
  'linktr.ee',
  'medium.com',
  'msha.ke',
  'myshopify.com',
  'netlify.app',
  'notion.site',
  'opentable.com',
  'pinterest.com',
  'shopify.com',
  'square.site',
  'squarespace.com',
  'strikingly.com',
  't.me',
  'tiktok.com',
  'tripadvisor.com',
  'tumblr.com',
  'twitter.com',
  'ubereats.com',
  'vercel.app',
  'wa.me',
  'webflow.io',
  'webnode.com',
  'webnode.page',
  'weebly.com',
  'whatsapp.com',
  'wixsite.com',
  'wix.com',
  'wordpress.com',
  'x.com',
  'yelp.com',
  'yell.com',
  'youtube.com',
])

/**
 * The registrable domain of a company's website, or null when the address is none of its own: a social network, portal or
 * site builder, an IP address, or a single word.
 */
export function companyDomain(website: string): string | null {
  const own = parse(website, { allowPrivateDomains: true })
  if (!own.domain || own.isIp) return null
  // Without the private part of the public suffix list, "acme.wixsite.com" is "wixsite.com": the host, not the company.
  const host = parse(website).domain
  return SHARED_HOSTS.has(own.domain) || (host !== null && SHARED_HOSTS.has(host)) || own.isPrivate ? null : own.domain
}

/** The domain in what a person typed as one: an address, a link, with or without "www". */
export const bareDomain = (typed: string): string =>
  typed
    .trim()
    .toLowerCase()
    .replace(/^(.*@|https?:\/\/)?(www\.)?/, '')
    .replace(/[/?#].*$/, '')
