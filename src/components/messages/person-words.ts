/** "Ada Lovelace <ada@nexa.example>"; the address alone where there is no name. */
export const personWords = ({ name, address }: { name: string; address: string }): string =>
  name ? `${name} <${address}>` : address
