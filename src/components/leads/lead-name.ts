/** The name of a lead: the contact, else the company, else the address. */
export const leadName = (lead: { contactName: string | null; companyName: string | null; email: string }) =>
  lead.contactName ?? lead.companyName ?? lead.email
