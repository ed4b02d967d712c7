"""What a reader works with from day to day: filters that are told, collections, grids."""
