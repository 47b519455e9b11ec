/** Generated from the schemas in `providers/` by "npm run schema". */

export interface Catalog {
  tmobile: {
    /**
     * Your saved payment methods: kind, last four digits and expiry of each
     */
    "paymentMethod:read": {
      arguments: undefined;
      result: {
        paymentMethods: {
          order: number;
          vendorId: string;
          last4: string;
          type: "credit_card" | "debit_card" | "bank_account" | "other";
          isDefault: boolean;
          brand?: string;
          expirationDate?: string;
          nickname?: string;
          billingZip?: string;
          billingAddress?: {
            [k: string]: unknown;
          };
          raw: unknown;
        }[];
      };
    };
    /**
     * Save a card to your account, after you have confirmed it
     */
    "paymentMethod:write": {
      arguments: {
        cardNumber: string;
        expirationDate: string;
        cvv: string;
        nameOnCard: string;
        billingZip: string;
        billingAddress?: {
          line1: string;
          line2?: string;
          city: string;
          state: string;
          country?: string;
        };
        /**
         * Fills the form and stops before the last button.
         */
        dryRun?: boolean;
      };
      result:
        | {
            dryRun: true;
            card: {
              last4: string;
              nickname?: string;
            };
          }
        | {
            success: true;
            card: {
              last4: string;
            };
          };
    };
    /**
     * Your phone bills: period, amount and due date of each
     */
    "mobileBillingStatement:read": {
      arguments: {
        limit?: number;
      };
      result: {
        billing: {
          statementId?: string;
          periodStart: string;
          periodEnd?: string;
          dueDate?: string;
          amountDue: number;
          currency: string;
        }[];
      };
    };
    /**
     * A code in place of your account's number, the name on it, and since when you have it
     */
    "account:read": {
      arguments: undefined;
      result: {
        /**
         * A code that the device makes of the site's own id, which stays there: the same for an account whenever you ask, and another one for another organization.
         */
        accountId: string;
        /**
         * As the site shows it.
         */
        holderName?: string;
        /**
         * 2019-03-14.
         */
        memberSince?: string;
      };
    };
  };
  att: {
    /**
     * Your saved payment methods: kind, last four digits and expiry of each
     */
    "paymentMethod:read": {
      arguments: undefined;
      result: {
        paymentMethods: {
          order: number;
          vendorId: string;
          last4: string;
          type: "credit_card" | "debit_card" | "bank_account" | "other";
          isDefault: boolean;
          brand?: string;
          expirationDate?: string;
          nickname?: string;
          billingZip?: string;
          billingAddress?: {
            [k: string]: unknown;
          };
          raw: unknown;
        }[];
      };
    };
    /**
     * Save a card to your account, after you have confirmed it
     */
    "paymentMethod:write": {
      arguments: {
        cardNumber: string;
        expirationDate: string;
        cvv: string;
        nameOnCard: string;
        billingZip: string;
        billingAddress?: {
          line1: string;
          line2?: string;
          city: string;
          state: string;
          country?: string;
        };
        /**
         * Fills the form and stops before the last button.
         */
        dryRun?: boolean;
      };
      result:
        | {
            dryRun: true;
            card: {
              last4: string;
              nickname?: string;
            };
          }
        | {
            success: true;
            card: {
              last4: string;
            };
          };
    };
    /**
     * Your phone bills: period, amount and due date of each
     */
    "mobileBillingStatement:read": {
      arguments: {
        limit?: number;
      };
      result: {
        billing: {
          statementId?: string;
          periodStart: string;
          periodEnd?: string;
          dueDate?: string;
          amountDue: number;
          currency: string;
        }[];
      };
    };
    /**
     * A code in place of your account's number, the name on it, and since when you have it
     */
    "account:read": {
      arguments: undefined;
      result: {
        /**
         * A code that the device makes of the site's own id, which stays there: the same for an account whenever you ask, and another one for another organization.
         */
        accountId: string;
        /**
         * As the site shows it.
         */
        holderName?: string;
        /**
         * 2019-03-14.
         */
        memberSince?: string;
      };
    };
  };
  verizon: {
    /**
     * Your saved payment methods: kind, last four digits and expiry of each
     */
    "paymentMethod:read": {
      arguments: undefined;
      result: {
        paymentMethods: {
          order: number;
          vendorId: string;
          last4: string;
          type: "credit_card" | "debit_card" | "bank_account" | "other";
          isDefault: boolean;
          brand?: string;
          expirationDate?: string;
          nickname?: string;
          billingZip?: string;
          billingAddress?: {
            [k: string]: unknown;
          };
          raw: unknown;
        }[];
      };
    };
    /**
     * Save a card to your account, after you have confirmed it
     */
    "paymentMethod:write": {
      arguments: {
        cardNumber: string;
        expirationDate: string;
        cvv: string;
        nameOnCard: string;
        billingZip: string;
        billingAddress?: {
          line1: string;
          line2?: string;
          city: string;
          state: string;
          country?: string;
        };
        /**
         * Fills the form and stops before the last button.
         */
        dryRun?: boolean;
      };
      result:
        | {
            dryRun: true;
            card: {
              last4: string;
              nickname?: string;
            };
          }
        | {
            success: true;
            card: {
              last4: string;
            };
          };
    };
    /**
     * Your phone bills: period and amount of each
     */
    "mobileBillingStatement:read": {
      arguments: {
        limit?: number;
      };
      result: {
        billing: {
          statementId?: string;
          periodStart: string;
          periodEnd?: string;
          dueDate?: string;
          amountDue: number;
          currency: string;
        }[];
      };
    };
    /**
     * A code in place of your account's number, the name on it, and since when you have it
     */
    "account:read": {
      arguments: undefined;
      result: {
        /**
         * A code that the device makes of the site's own id, which stays there: the same for an account whenever you ask, and another one for another organization.
         */
        accountId: string;
        /**
         * As the site shows it.
         */
        holderName?: string;
        /**
         * 2019-03-14.
         */
        memberSince?: string;
      };
    };
  };
  ubereats: {
    /**
     * Your past orders: restaurants, items, prices and dates
     */
    "orderHistory:read": {
      arguments: {
        limit?: number;
      };
      result: {
        orderCount: number;
        orders: {
          orderId: string;
          status: "completed" | "cancelled" | "active";
          /**
           * The site's own word.
           */
          phase: string | null;
          /**
           * ISO 8601, UTC.
           */
          completedAt: string | null;
          /**
           * ISO 8601, UTC.
           */
          lastChangedAt: string | null;
          /**
           * DELIVERY, PICKUP; the site's own word.
           */
          fulfillment: string | null;
          /**
           * How it was handed over; the site's own word.
           */
          interaction: string | null;
          /**
           * ISO 4217.
           */
          currency: string;
          itemCount: number | null;
          items: {
            itemId: string | null;
            title: string;
            /**
             * In cents of the order's currency: 1475 is 14.75.
             */
            priceCents: number;
            quantity: number;
            specialInstructions: string | null;
            customizations: {
              title: string | null;
              options: {
                title: string;
                priceCents: number | null;
                quantity: number | null;
              }[];
            }[];
          }[];
          store: {
            storeId: string | null;
            name: string;
            slug: string | null;
            imageUrl: string | null;
            address: {
              line1: string | null;
              city: string | null;
              region: string | null;
              postalCode: string | null;
              country: string | null;
              formatted: string | null;
            } | null;
          };
          courierName: string | null;
          totalCents: number | null;
          /**
           * Whether the total is that of the receipt; null without a receipt.
           */
          totalAgrees: boolean | null;
          /**
           * The receipt. Amounts are in the currency's unit: 14.75.
           */
          charges: {
            label: string;
            key: string | null;
            type: string | null;
            amount: number;
          }[];
          /**
           * As the site says it.
           */
          raw: {
            totalPrice: number | null;
            ratingInfo: {
              isRatable: boolean | null;
              userRatings:
                | {
                    rating: number | null;
                  }[]
                | null;
            } | null;
          };
        }[];
      };
    };
    /**
     * A code in place of your account's id, and the name on it
     */
    "account:read": {
      arguments: undefined;
      result: {
        /**
         * A code that the device makes of the site's own id, which stays there: the same for an account whenever you ask, and another one for another organization.
         */
        accountId: string;
        /**
         * As the site shows it.
         */
        holderName?: string;
        /**
         * 2019-03-14.
         */
        memberSince?: string;
      };
    };
  };
  "apple-review": {
    /**
     * What you have read: titles, sources and dates
     */
    "readHistory:read": {
      arguments: {
        limit?: number;
      };
      result: {
        history: {
          id: string;
          title: string;
          source: string;
          /**
           * Seconds.
           */
          duration: number;
          /**
           * ISO 8601, UTC.
           */
          readAt: string;
        }[];
      };
    };
    /**
     * A code in place of your account's number, the name on it, and since when you have it
     */
    "account:read": {
      arguments: undefined;
      result: {
        /**
         * A code that the device makes of the site's own id, which stays there: the same for an account whenever you ask, and another one for another organization.
         */
        accountId: string;
        /**
         * As the site shows it.
         */
        holderName?: string;
        /**
         * 2019-03-14.
         */
        memberSince?: string;
      };
    };
  };
}
