// Stands for a service that counts visits.
document.documentElement.dataset.counted = 'yes';
