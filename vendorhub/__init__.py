"""VendorHub: consent-first meetings between companies that buy technology and those who sell to them."""
