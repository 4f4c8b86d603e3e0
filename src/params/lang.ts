/** The one language that shows in an address; Vietnamese has none. */
export const match = (param: string): param is 'en' => param === 'en';
