export const appleReviewHost = "review.passage.localhost";
