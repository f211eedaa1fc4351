"""A bounded interpreter of pure Python: what would this code answer, with some branches off?"""
