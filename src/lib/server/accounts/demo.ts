/** Published on purpose: only the demo people of the embedded database have it. */
export const demoTotpSecret = 'SANTINHDEMOSANTINHDEMOSANTINH234';
