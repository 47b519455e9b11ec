/** The card that tests save, as a developer gives it. The sandbox takes it. */
export const testCard = {
  cardNumber: "4242 4242 4242 4242",
  expirationDate: "12/30",
  cvv: "123",
  nameOnCard: "Sam Doe",
  billingZip: "98101",
  billingAddress: { line1: "500 Pine St", city: "Seattle", state: "WA" },
};
