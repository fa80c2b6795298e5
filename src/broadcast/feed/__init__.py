"""What is published into what listeners subscribe to: RSS, listening pages, and a check of both."""
