/** The secret of a reference server started by hand without JWT_SECRET; public, so never for anything but development. */
export const developmentSecret = 'development-secret-not-for-production';

/** The demo user of such a server, for its token route. */
export const developmentUser = 'demo:demo';

/** Where such a server listens. */
export const developmentPort = 8_000;
