/** What helps where the generator has too little of the machine. */
export const gentler = 'Stop what else runs on this machine, give it more cores, or ask for a gentler load.';
