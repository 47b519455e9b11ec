/** Loaded before the program (`node --import`), it lets a test crash the device at any moment, as a bug of ours would. */
process.on("SIGUSR2", () => {
  throw new Error("The device crashes, as the test has asked");
});
