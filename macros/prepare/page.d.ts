/** What the build writes above the modules. */
declare const DATA: any;
