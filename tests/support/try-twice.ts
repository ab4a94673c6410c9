// A real Strapi or a real browser on a busy machine: what fails is tried once more, and its first failure is printed all the same.
jest.retryTimes(1, { logErrorsBeforeRetry: true });
