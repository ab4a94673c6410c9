/** Whether the parser has not reached the end of the page. */
export const isLoading = (): boolean => document.readyState === 'loading';
