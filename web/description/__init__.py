"""What the API says of itself: the arguments that an address takes, and the OpenAPI document made from the views that answer."""
