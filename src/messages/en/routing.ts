export const routing = {} as const;
